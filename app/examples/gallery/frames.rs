//! Whose site a sample is on, and who looks at it.

use app::{
    frame::{Assets, Flash, Frame, MasqueradeBanner, Site},
    ui::{moment::Moment, notice::Tone},
};
use domain::{
    actor::{Person, Role},
    ids::{TenantId, UserId},
};
use std::sync::Arc;
use uuid::Uuid;

/// Sixty characters, as long as a business's name may be.
pub(crate) const LONG_NAME: &str = "Dr. Wolfgang Schmidt-Rottenberger Physiotherapie am Stadttor";
/// A word that no line takes.
pub(crate) const LONG_WORD: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

/// Makes frames with one style sheet.
pub(crate) struct Frames(Arc<Assets>);

impl Frames {
    /// Frames with this style sheet.
    pub(crate) fn new(css: &str) -> Self {
        Self(Arc::new(Assets {
            css: css.to_owned(),
            js: "/none.js".into(),
            wasm: "/none.wasm".into(),
            palette: "/palette.js".into(),
            search: "/search.js".into(),
            reload_port: None,
        }))
    }

    /// Any frame.
    pub(crate) fn on(&self, site: Site, role: Option<Role>, path: &str) -> Frame {
        Frame {
            site,
            person: role.map(person),
            path: path.to_owned(),
            assets: self.0.clone(),
            nonce: "gallery".into(),
            request_id: "0193f3a1-7c1e-7b52-9a55-0a6f4be1c9d2".into(),
            masquerade: None,
            flash: None,
            dev: false,
        }
    }

    /// The platform's, seen by a superuser.
    pub(crate) fn desk(&self, path: &str) -> Frame {
        self.on(Site::Platform, Some(Role::Superuser), path)
    }

    /// The platform's, seen by somebody of support.
    pub(crate) fn support(&self, path: &str) -> Frame {
        self.on(Site::Platform, Some(Role::PlatformSupport), path)
    }

    /// A business's, seen by its owner.
    pub(crate) fn owner(&self, path: &str) -> Frame {
        self.on(salon(), Some(Role::TenantOwner), path)
    }

    /// A business's, seen by nobody in particular.
    pub(crate) fn visitor(&self, path: &str) -> Frame {
        self.on(salon(), None, path)
    }
}

/// The ordinary business.
pub(crate) fn salon() -> Site {
    business("Salon Aurora")
}

/// A business of this name.
pub(crate) fn business(name: &str) -> Site {
    Site::Tenant { name: name.to_owned(), zone: "Europe/Berlin".into() }
}

/// Somebody with a role.
pub(crate) fn person(role: Role) -> Person {
    let tenant = (!role.is_platform()).then_some(TenantId(Uuid::from_u128(1)));
    Person::new(UserId(Uuid::from_u128(7)), "Ana Ruiz", "ana@example.com", role, tenant)
}

/// The same frame while somebody acts as somebody else.
pub(crate) fn masked(frame: Frame) -> Frame {
    let banner = MasqueradeBanner {
        as_name: "Ana Ruiz".into(),
        as_role: Role::TenantStaff,
        tenant_name: Some("Salon Aurora".into()),
        by_email: "root@smoothschedule.example".into(),
        until_label: "11:02".into(),
        minutes_left: 18,
        stop_path: "/masquerade/stop",
    };
    Frame { masquerade: Some(banner), ..frame }
}

/// The same with names that no line takes.
pub(crate) fn masked_long(frame: Frame) -> Frame {
    let frame = masked(frame);
    let banner = frame.masquerade.clone().map(|banner| MasqueradeBanner {
        as_name: LONG_WORD.into(),
        tenant_name: Some(LONG_NAME.into()),
        by_email: format!("{}@example.com", &LONG_WORD[..60]),
        minutes_left: 0,
        ..banner
    });
    Frame { masquerade: banner, ..frame }
}

/// The same frame with what the last request has done.
pub(crate) fn flashed(frame: Frame, tone: Tone, text: &str) -> Frame {
    Frame { flash: Some(Flash { tone, text: text.into() }), ..frame }
}

/// A time.
pub(crate) fn moment(label: &str) -> Moment {
    Moment {
        label: label.into(),
        datetime: "2026-12-03T13:05:00Z".into(),
        title: Some("Thursday 3 December 2026, 14:05, Berlin time (UTC+1)".into()),
    }
}
