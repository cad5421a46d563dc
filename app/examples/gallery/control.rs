//! The samples of permissions, domains and the audit.

use crate::{
    desk::{aurora, long_tenant},
    frames::{Frames, LONG_WORD, flashed, masked, moment},
};
use app::{
    audit::{self, model::*},
    domains::{self as domain_pages, model::*},
    grants::{self as grant_pages, model::*},
    ui::{form::FormError, list::Listing, notice::Tone},
};
use uuid::Uuid;

/// Their pages.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let desk = |path: &str| frames.desk(path);
    let expired = Grants {
        filter: GrantFilter::Expired,
        list: Listing { is_filtered: true, ..Listing::default() },
        may_grant: true,
    };
    let new_errors = || NewGrant {
        form: NewGrantForm {
            email: "uma@".into(),
            minutes: "90".into(),
            reason: String::new(),
            action: String::new(),
            tenant: "nowhere".into(),
        },
        errors: vec![
            FormError::new("email", "Enter an e-mail address like name@example.com"),
            FormError::new("tenant", "There is no business at this address"),
            FormError::new("action", "Choose what it allows"),
            FormError::new("minutes", "Enter a number of minutes from 1 to 30"),
            FormError::new("reason", "Enter a reason"),
        ],
        ..new_grant()
    };
    vec![
        ("grants", grant_pages::grants(flashed(desk("/grants"), Tone::Ok, "2 permissions were revoked."), grants())),
        ("grants-none", grant_pages::grants(desk("/grants"), Grants { may_grant: true, ..Grants::default() })),
        ("grants-no-match", grant_pages::grants(desk("/grants"), expired)),
        (
            "grants-revoke",
            grant_pages::revoke(
                desk("/grants/confirm"),
                RevokeGrants { grants: grants().list.rows.into_iter().take(2).collect(), ended: 1 },
            ),
        ),
        ("grants-revoke-none", grant_pages::revoke(desk("/grants/confirm"), RevokeGrants::default())),
        ("grant-new", grant_pages::new_grant(desk("/grants/new"), new_grant())),
        ("grant-new-errors", grant_pages::new_grant(desk("/grants/new"), new_errors())),
        ("own-grants", grant_pages::own_grants(frames.owner("/grants"), own_grants())),
        ("own-grant-new", grant_pages::new_own_grant(frames.owner("/grants/new"), new_grant())),
        ("domains", domain_pages::domains(desk("/domains"), domains())),
        ("domains-none", domain_pages::domains(desk("/domains"), Domains { may_add: true, ..Domains::default() })),
        (
            "domains-no-match",
            domain_pages::domains(
                desk("/domains"),
                Domains {
                    state: Some(DomainState::Error),
                    list: Listing { is_filtered: true, ..Listing::default() },
                    ..Domains::default()
                },
            ),
        ),
        (
            "domains-errors",
            domain_pages::domains(
                desk("/domains"),
                Domains {
                    form: NewDomainForm { tenant: "aurora".into(), host: "https://x".into() },
                    errors: vec![FormError::new("host", "Enter a domain such as book.salon-aurora.com")],
                    ..domains()
                },
            ),
        ),
        (
            "domain-remove",
            domain_pages::remove(
                desk("/domains/1/remove"),
                RemoveDomain {
                    id: Uuid::from_u128(1),
                    host: "book.salon-aurora.com".into(),
                    tenant: aurora(),
                    dies: "https://book.salon-aurora.com/".into(),
                    stays: "http://aurora.localhost:3000/".into(),
                },
            ),
        ),
        ("audit", audit::audit(desk("/audit"), audit_list(true))),
        ("audit-none", audit::audit(desk("/audit"), Audit { may_verify: true, ..Audit::default() })),
        ("audit-no-match", audit::audit(desk("/audit"), audit_no_match())),
        ("audit-verified", audit::verified(desk("/audit/verify"), verified(false))),
        ("audit-broken", audit::verified(desk("/audit/verify"), verified(true))),
        ("activity", audit::activity(masked(frames.owner("/activity")), audit_list(false))),
        ("activity-none", audit::activity(frames.owner("/activity"), Audit::default())),
    ]
}

/// Permissions in every state.
pub(crate) fn grants() -> Grants {
    let row = |n: u128, who: &str, tenant, action: &str, state, may_revoke| GrantRow {
        id: Uuid::from_u128(n),
        grantee_name: who.into(),
        grantee_email: "uma@smoothschedule.example".into(),
        tenant: Some(tenant),
        action: action.into(),
        reason: "Case 4711: the owner cannot open the last invoice".into(),
        granted_by: "Olga Novak".into(),
        start: moment("3 Dec, 10:32 UTC"),
        end: moment("3 Dec, 11:02 UTC"),
        state,
        may_revoke,
    };
    let active = || GrantState::Active("12 minutes left".into());
    let revoked = GrantState::Revoked { by: "Olga Novak".into(), at: moment("3 Dec, 10:40 UTC") };
    let rows = vec![
        row(1, "Uma Patel", aurora(), "See billing", active(), true),
        row(2, "Ben Okafor", aurora(), "Edit appointments", active(), true),
        row(3, LONG_WORD, long_tenant(), "Export the business's data", active(), true),
        row(4, "Uma Patel", aurora(), "Manage domains", GrantState::Expired, false),
        row(5, "Uma Patel", aurora(), "Manage domains", revoked, false),
    ];
    let list = Listing {
        rows,
        count: "5 permissions, 3 in force".into(),
        next: Some("/grants?after=x".into()),
        ..Listing::default()
    };
    Grants { filter: GrantFilter::All, list, may_grant: true }
}

fn own_grants() -> Grants {
    let grants = grants();
    let rows = grants.list.rows.into_iter().map(|row| GrantRow { tenant: None, ..row }).collect();
    Grants { list: Listing { rows, next: None, ..grants.list }, ..grants }
}

fn new_grant() -> NewGrant {
    let action = |code: &str, label: &str, description: &str| GrantAction {
        code: code.into(),
        label: label.into(),
        description: description.into(),
    };
    NewGrant {
        form: NewGrantForm { action: "view_billing".into(), minutes: "30".into(), ..NewGrantForm::default() },
        actions: vec![
            action("view_billing", "See billing", "Plan, limits and invoices; nothing can be changed."),
            action(
                "edit_appointments",
                "Edit appointments",
                "Book, move and cancel in every calendar of the business.",
            ),
            action("export_tenant", "Export the business's data", "Everything the business has stored, as files."),
            action("manage_domains", "Manage domains", "Add, check and remove domains of the business."),
        ],
        people: vec!["uma@smoothschedule.example".into()],
        tenants: vec!["aurora".into()],
        errors: vec![],
    }
}

/// Domains in every state.
pub(crate) fn domains() -> Domains {
    let record = |kind: &str, name: &str, value: &str, found: Option<&[&str]>| DnsRecord {
        kind: kind.into(),
        name: name.into(),
        value: value.into(),
        ttl: 300,
        found: found.map(|found| found.iter().map(|value| (*value).to_owned()).collect()),
    };
    let token = "smoothschedule-verification=5f2d9c0e7b1a4c3d8e6f0a9b8c7d6e5f";
    let row = |n: u128, host: &str, state, found_a: Option<&[&str]>, found_b: Option<&[&str]>| DomainRow {
        id: Uuid::from_u128(n),
        host: host.into(),
        tenant: aurora(),
        state,
        records: vec![
            record("CNAME", host, "aurora.smoothschedule.example", found_a),
            record("TXT", &format!("_smoothschedule.{host}"), token, found_b),
        ],
        last_checked: found_a.map(|_| moment("12 seconds ago")),
        error: None,
        route53: None,
        check: Some(Ok(())),
        confirm: None,
        remove: Some(Ok(())),
    };
    let good: &[&str] = &["aurora.smoothschedule.example"];
    let manual = DomainRow {
        check: None,
        confirm: Some(Ok(())),
        ..row(1, "book.salon-aurora.com", DomainState::PendingDns, None, None)
    };
    let verifying = DomainRow {
        route53: Some(Route53Change { status: "PENDING".into(), id: "/change/C2682N5HXP0BZ4".into() }),
        check: Some(Err("Checked 12 seconds ago; try again in a moment.".into())),
        ..row(2, "termine.salon-aurora.de", DomainState::Verifying, Some(good), Some(&[token]))
    };
    let active = DomainRow {
        route53: Some(Route53Change { status: "INSYNC".into(), id: "/change/C1".into() }),
        remove: Some(Err("It is the address that letters name. Choose another for them first.".into())),
        ..row(3, "salon-aurora.com", DomainState::Active, Some(good), Some(&[token]))
    };
    let wrong = row(
        4,
        "old.salon-aurora.com",
        DomainState::Misconfigured,
        Some(&["parking.example.net", "192.0.2.7"]),
        Some(&[]),
    );
    let broken = DomainRow {
        tenant: long_tenant(),
        error: Some(
            "SERVFAIL from 192.0.2.53 after 5.0 s\nAWS: ThrottlingException: Rate exceeded (request 9f1c)".into(),
        ),
        ..row(
            5,
            &format!("{}.example.com", "subdomain-that-is-very-long".repeat(3)),
            DomainState::Error,
            Some(&[]),
            Some(&[]),
        )
    };
    let list = Listing {
        rows: vec![manual, verifying, active, wrong, broken],
        count: "5 domains, 2 need a look".into(),
        ..Listing::default()
    };
    Domains { list, may_add: true, tenants: vec!["aurora".into()], ..Domains::default() }
}

/// Entries of the audit; on the platform's page they name their business.
pub(crate) fn entries(platform: bool) -> Vec<AuditRow> {
    let row = |seq: i64, code: &str, action: &str, target: &str, outcome| AuditRow {
        at: moment("3 Dec, 13:05:12"),
        actor: Some("root@smoothschedule.example".into()),
        subject: None,
        tenant: platform.then(aurora),
        code: code.into(),
        action: action.into(),
        target: target.into(),
        target_href: Some("/users/00000000-0000-0000-0000-000000000007".into()),
        ip: Some("192.0.2.17".into()),
        outcome,
        reason: None,
        detail: "role: TENANT_STAFF \u{2192} TENANT_MANAGER".into(),
        request_id: Some("0193f3a1-7c1e-7b52-9a55-0a6f4be1c9d2".into()),
        seq,
        hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        is_masquerade: false,
    };
    let mask = |seq, code: &str, action: &str, outcome| AuditRow {
        subject: Some("ana@example.com".into()),
        reason: Some("Case 4711: cannot move an appointment".into()),
        detail: String::new(),
        is_masquerade: true,
        ..row(seq, code, action, "Ana Ruiz", outcome)
    };
    let (start, denied) = if platform {
        ("Masquerade began", "Masquerade refused")
    } else {
        ("Support acted as Ana Ruiz", "Support tried to act as Ana Ruiz")
    };
    vec![
        row(812, "ROLE_CHANGED", "Role changed", "Ana Ruiz", Outcome::Done),
        mask(811, "HIJACK_START", start, Outcome::Done),
        mask(810, "HIJACK_DENIED", denied, Outcome::Refused),
        AuditRow {
            actor: None,
            tenant: None,
            target_href: None,
            ..row(809, "LOGIN_FAILED", "Sign-in failed", "ana@example.com", Outcome::Failed)
        },
        AuditRow {
            actor: None,
            ip: None,
            target_href: None,
            request_id: None,
            detail: String::new(),
            ..row(808, "TENANT_SWEPT", "Demo swept away", "Old Forge Workshops", Outcome::Done)
        },
        AuditRow {
            actor: Some(format!("{LONG_WORD}@example.com")),
            subject: Some("ana@example.com".into()),
            ip: Some("2001:0db8:85a3:0000:0000:8a2e:0370:7334".into()),
            tenant: platform.then(long_tenant),
            ..row(807, "APPOINTMENT_MOVED", "Appointment moved", LONG_WORD, Outcome::Done)
        },
    ]
}

fn audit_list(platform: bool) -> Audit {
    let path = if platform { "/audit" } else { "/activity" };
    let list = Listing {
        rows: entries(platform),
        count: "50 of 812 entries".into(),
        first: Some(path.into()),
        next: Some(format!("{path}?before=800")),
        ..Listing::default()
    };
    let action = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    Audit {
        filter: AuditFilter::default(),
        actions: vec![action("HIJACK_START", "Masquerade began"), action("LOGIN_FAILED", "Sign-in failed")],
        list,
        csv: Some(format!("{path}.csv")),
        jsonl: platform.then(|| "/audit.jsonl".to_owned()),
        may_verify: platform,
    }
}

fn audit_no_match() -> Audit {
    let filter = AuditFilter {
        actor: "root@".into(),
        from: "2026-12-01".into(),
        to: "2026-12-03".into(),
        action: "LOGIN_FAILED".into(),
        ..AuditFilter::default()
    };
    Audit { filter, list: Listing { is_filtered: true, ..Listing::default() }, ..audit_list(true) }
}

fn verified(is_broken: bool) -> Verified {
    let whole = |name: &str| StreamCheck { name: name.into(), entries: 812, problems: vec![] };
    let broken = StreamCheck {
        name: "Salon Aurora".into(),
        entries: 340,
        problems: vec![
            "Entry 17 was edited: its content does not match its hash.".into(),
            "Entries 41 to 43 are missing.".into(),
            "The stream ends at 340, and 345 entries were written.".into(),
        ],
    };
    let streams = if is_broken {
        vec![broken, whole("Platform")]
    } else {
        vec![
            whole("Platform"),
            whole("Salon Aurora"),
            StreamCheck { name: LONG_WORD.into(), entries: 1, problems: vec![] },
        ]
    };
    Verified { at: moment("3 Dec 2026, 13:05 UTC"), streams }
}
