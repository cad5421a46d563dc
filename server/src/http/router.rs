//! The table of all paths, each with the right that it asks for, and the layers around them.

use super::{assets, envelope, origin, person};
use crate::{
    access, appointments, audit, booking, customers, desk, domains, error, identity, live, mail, messages, own, people,
    platform, reports, resources, schedule, services, session, settings, state::App, tenancy::HostSite, today,
};
use app::site::model::Problem;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use domain::policy::{
    AnonymiseCustomer, BookForCustomer, BookOnline, ChangeOwnEmail, ChangeOwnPassword, ChangeRole, ChangeTier,
    CloseTenant, CreateTenant, CreateUser, DeactivateUser, DecideAppointment, DeleteOwnData, EditCustomerNotes,
    EditCustomers, EditOwnProfile, EditResources, EditServices, EditSettings, EditTenant, EndMasquerade,
    ExportAppointments, ExportAudit, ExportCustomers, ExportOwnData, ExportReports, GrantPermission, ImportCustomers,
    ManageDomains, ManageFeed, ManageOwnBooking, ManageTimeOff, Masquerade, MergeCustomers, MoveAppointment,
    ReactivateUser, ReadFeed, ResetAccess, RestoreTenant, RevokeGrant, Right, SuspendTenant, VerifyAudit, ViewAudit,
    ViewCalendar, ViewCustomer, ViewCustomers, ViewDomains, ViewGrants, ViewMigrations, ViewOwnArea, ViewReports,
    ViewSettings, ViewSite, ViewTenant, ViewTenants, ViewUser, ViewUsers,
};
use http::{Method, StatusCode};
use std::time::Duration;
use tower::ServiceExt;
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

/// Forms and calls of islands are small.
const LARGEST_BODY: usize = 64 * 1024;

/// What takes a file takes a larger one, with some room for the rest of the form.
const LARGEST_UPLOAD: usize = customers::LARGEST_FILE + LARGEST_BODY;

/// Which site a path belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// The base domain.
    Base,
    /// The platform's host.
    Platform,
    /// Every tenant's host.
    Tenant,
}

/// A path that answers.
pub struct Endpoint {
    /// Where.
    pub reach: Reach,
    /// How.
    pub method: Method,
    /// The path, with `{name}` for its parts.
    pub path: &'static str,
    /// The right that it asks for, by name; its room asks for the permit itself.
    pub right: &'static str,
    /// As many bytes are read of what is sent to it.
    pub largest_body: usize,
    handler: MethodRouter<App>,
}

impl Endpoint {
    /// The same for a path that takes a file.
    fn with_file(self) -> Self {
        Self { largest_body: LARGEST_UPLOAD, ..self }
    }

    /// What answers, and reads no more than it may.
    fn limited(self) -> MethodRouter<App> {
        let handler: MethodRouter<App> = self.handler.layer(DefaultBodyLimit::max(self.largest_body));
        handler.layer(RequestBodyLimitLayer::new(self.largest_body))
    }
}

/// Signing in and out needs no right but to be on a site that has people.
const SIGN_IN: &str = "sign_in";

/// What is there in development only asks for no right; without `DEBUG` it is not there.
const DEVELOPMENT: &str = "development";

/// Every path that answers. One without a right cannot be written down.
pub fn endpoints() -> Vec<Endpoint> {
    use Reach::{Base, Platform, Tenant};
    let path = |reach, method: Method, path, right, handler| Endpoint {
        reach,
        method,
        path,
        right,
        largest_body: LARGEST_BODY,
        handler,
    };
    let get_of = |reach, at, right, handler| path(reach, Method::GET, at, right, handler);
    let post_of = |reach, at, right, handler| path(reach, Method::POST, at, right, handler);
    let view = ViewSite::NAME;
    let mut all = vec![
        get_of(Base, "/", view, get(platform::web::welcome)),
        // A business's public pages.
        get_of(Tenant, "/", view, get(booking::web::services)),
        get_of(Tenant, "/book/{service}", view, get(booking::web::pick_time)),
        post_of(Tenant, "/book/{service}", BookOnline::NAME, post(booking::web::book)),
        post_of(Tenant, "/book/{service}/keep", BookOnline::NAME, post(booking::web::keep)),
        get_of(Tenant, "/book/{service}/details", view, get(booking::web::details)),
        // A booking's own page: by its private link, or signed in as its customer.
        get_of(Tenant, "/booked/{key}", ManageOwnBooking::NAME, get(own::web::booked)),
        get_of(Tenant, "/booked/{key}/cancel", ManageOwnBooking::NAME, get(own::web::cancel_page)),
        post_of(Tenant, "/booked/{key}/cancel", ManageOwnBooking::NAME, post(own::web::cancel)),
        get_of(Tenant, "/booked/{key}/move", ManageOwnBooking::NAME, get(own::web::move_page)),
        post_of(Tenant, "/booked/{key}/move", ManageOwnBooking::NAME, post(own::web::move_to)),
        get_of(Tenant, "/my/appointments/{id}", ManageOwnBooking::NAME, get(own::web::booked_signed_in)),
        get_of(Tenant, "/my/appointments/{id}/cancel", ManageOwnBooking::NAME, get(own::web::cancel_page_signed_in)),
        post_of(Tenant, "/my/appointments/{id}/cancel", ManageOwnBooking::NAME, post(own::web::cancel_signed_in)),
        get_of(Tenant, "/my/appointments/{id}/move", ManageOwnBooking::NAME, get(own::web::move_page_signed_in)),
        post_of(Tenant, "/my/appointments/{id}/move", ManageOwnBooking::NAME, post(own::web::move_signed_in)),
        get_of(Tenant, "/booked/{key}/calendar.ics", ManageOwnBooking::NAME, get(messages::web::booked_file)),
        get_of(Tenant, "/feed/{key}", ReadFeed::NAME, get(messages::web::feed)),
        // A customer's own area, and the ways into it.
        get_of(Tenant, "/my", ViewOwnArea::NAME, get(own::web::list)),
        get_of(Tenant, "/my/profile", ViewOwnArea::NAME, get(own::web::profile)),
        post_of(Tenant, "/my/profile", EditOwnProfile::NAME, post(own::web::save_profile)),
        post_of(Tenant, "/my/email", ChangeOwnEmail::NAME, post(own::web::change_email)),
        get_of(Tenant, "/my/export.json", ExportOwnData::NAME, get(own::web::export)),
        get_of(Tenant, "/my/delete", DeleteOwnData::NAME, get(own::web::delete_page)),
        post_of(Tenant, "/my/delete", DeleteOwnData::NAME, post(own::web::delete)),
        get_of(Tenant, "/signup", SIGN_IN, get(identity::web::sign_up_page)),
        post_of(Tenant, "/signup", SIGN_IN, post(identity::web::sign_up)),
        get_of(Tenant, "/login/link", SIGN_IN, get(identity::web::link_page)),
        post_of(Tenant, "/login/link", SIGN_IN, post(identity::web::link)),
        get_of(Tenant, "/enter", SIGN_IN, get(identity::web::enter_page)),
        post_of(Tenant, "/enter", SIGN_IN, post(identity::web::enter)),
        // Its team's.
        get_of(Tenant, "/today", ViewCalendar::NAME, get(today::web::today)),
        get_of(Tenant, "/today/sheets", ViewCalendar::NAME, get(today::web::sheets)),
        get_of(Tenant, "/schedule", ViewCalendar::NAME, get(schedule::web::calendar)),
        get_of(Tenant, "/schedule/events", ViewCalendar::NAME, get(live::web::events)),
        get_of(Tenant, "/schedule/why", ViewCalendar::NAME, get(desk::web::why)),
        get_of(Tenant, "/appointments/new", BookForCustomer::NAME, get(desk::web::new)),
        post_of(Tenant, "/appointments", BookForCustomer::NAME, post(desk::web::create)),
        get_of(Tenant, "/appointments", ViewCalendar::NAME, get(appointments::web::list)),
        get_of(Tenant, "/appointments.csv", ExportAppointments::NAME, get(appointments::web::export)),
        get_of(Tenant, "/appointments/confirm", ViewCalendar::NAME, get(appointments::web::confirm)),
        post_of(Tenant, "/appointments/decide", DecideAppointment::NAME, post(appointments::web::decide)),
        get_of(Tenant, "/appointments/{id}", ViewCalendar::NAME, get(schedule::web::appointment)),
        get_of(Tenant, "/requests", ViewCalendar::NAME, get(schedule::web::requests)),
        post_of(Tenant, "/appointments/{id}/decide", DecideAppointment::NAME, post(schedule::web::decide)),
        post_of(Tenant, "/appointments/{id}/move", MoveAppointment::NAME, post(schedule::web::move_appointment)),
        get_of(Tenant, "/reports", ViewReports::NAME, get(reports::web::page)),
        get_of(Tenant, "/reports.csv", ExportReports::NAME, get(reports::web::export)),
        get_of(Tenant, "/customers", ViewCustomers::NAME, get(customers::web::list)),
        get_of(Tenant, "/customers.csv", ExportCustomers::NAME, get(customers::web::export)),
        get_of(Tenant, "/find", ViewCustomers::NAME, get(customers::web::find)),
        get_of(Tenant, "/customers/new", EditCustomers::NAME, get(customers::web::new_page)),
        post_of(Tenant, "/customers", EditCustomers::NAME, post(customers::web::add)),
        get_of(Tenant, "/customers/import", ImportCustomers::NAME, get(customers::web::import_page)),
        post_of(Tenant, "/customers/import", ImportCustomers::NAME, post(customers::web::check)).with_file(),
        post_of(Tenant, "/customers/import/confirm", ImportCustomers::NAME, post(customers::web::confirm)).with_file(),
        get_of(Tenant, "/customers/{id}", ViewCustomer::NAME, get(customers::web::one)),
        get_of(Tenant, "/customers/{id}/edit", EditCustomers::NAME, get(customers::web::edit_page)),
        post_of(Tenant, "/customers/{id}/edit", EditCustomers::NAME, post(customers::web::change)),
        post_of(Tenant, "/customers/{id}/notes", EditCustomerNotes::NAME, post(customers::web::notes)),
        get_of(Tenant, "/customers/{id}/merge", MergeCustomers::NAME, get(customers::web::merge_page)),
        post_of(Tenant, "/customers/{id}/merge", MergeCustomers::NAME, post(customers::web::merge)),
        get_of(Tenant, "/customers/{id}/anonymise", AnonymiseCustomer::NAME, get(customers::web::anonymise_page)),
        post_of(Tenant, "/customers/{id}/anonymise", AnonymiseCustomer::NAME, post(customers::web::anonymise)),
        get_of(Tenant, "/feeds", ManageFeed::NAME, get(messages::web::feeds)),
        post_of(Tenant, "/feeds/{resource}/renew", ManageFeed::NAME, post(messages::web::renew)),
        // Its set-up.
        get_of(Tenant, "/brand.css", view, get(settings::web::brand)),
        get_of(Tenant, "/services", EditServices::NAME, get(services::web::list)),
        post_of(Tenant, "/services", EditServices::NAME, post(services::web::add)),
        get_of(Tenant, "/services/new", EditServices::NAME, get(services::web::new_page)),
        get_of(Tenant, "/services/{id}", EditServices::NAME, get(services::web::one)),
        post_of(Tenant, "/services/{id}", EditServices::NAME, post(services::web::change)),
        post_of(Tenant, "/services/{id}/archive", EditServices::NAME, post(services::web::archive)),
        post_of(Tenant, "/services/{id}/restore", EditServices::NAME, post(services::web::restore)),
        post_of(Tenant, "/services/{id}/move", EditServices::NAME, post(services::web::shift_one)),
        get_of(Tenant, "/resources", EditResources::NAME, get(resources::web::list)),
        post_of(Tenant, "/resources", EditResources::NAME, post(resources::web::add)),
        get_of(Tenant, "/resources/new", EditResources::NAME, get(resources::web::new_page)),
        get_of(Tenant, "/resources/{id}", EditResources::NAME, get(resources::web::one)),
        post_of(Tenant, "/resources/{id}", EditResources::NAME, post(resources::web::change)),
        post_of(Tenant, "/resources/{id}/hours", EditResources::NAME, post(resources::web::hours)),
        post_of(Tenant, "/resources/{id}/dates", EditResources::NAME, post(resources::web::add_other)),
        post_of(Tenant, "/resources/{id}/dates/{date}/delete", EditResources::NAME, post(resources::web::remove_other)),
        post_of(Tenant, "/resources/{id}/archive", EditResources::NAME, post(resources::web::archive)),
        post_of(Tenant, "/resources/{id}/restore", EditResources::NAME, post(resources::web::restore)),
        get_of(Tenant, "/resources/{id}/time-off", ManageTimeOff::NAME, get(resources::web::time_off)),
        post_of(Tenant, "/resources/{id}/time-off", ManageTimeOff::NAME, post(resources::web::add_time_off)),
        post_of(Tenant, "/time-off/{id}/delete", ManageTimeOff::NAME, post(resources::web::remove_time_off)),
        get_of(Tenant, "/time-off", ManageTimeOff::NAME, get(resources::web::own)),
        get_of(Tenant, "/settings", ViewSettings::NAME, get(settings::web::page)),
        post_of(Tenant, "/settings/business", EditSettings::NAME, post(settings::web::business)),
        post_of(Tenant, "/settings/policies", EditSettings::NAME, post(settings::web::policies)),
        post_of(Tenant, "/settings/branding", EditSettings::NAME, post(settings::web::branding)),
        post_of(Tenant, "/settings/closures", EditSettings::NAME, post(settings::web::closures)),
        post_of(Tenant, "/settings/closures/{id}/delete", EditSettings::NAME, post(settings::web::remove)),
        // The platform's dashboard.
        get_of(Platform, "/", ViewTenants::NAME, get(platform::web::tenants)),
        get_of(Platform, "/tenants/new", CreateTenant::NAME, get(platform::web::new_tenant)),
        post_of(Platform, "/tenants", CreateTenant::NAME, post(platform::web::create)),
        get_of(Platform, "/tenants/{id}", ViewTenant::NAME, get(platform::web::tenant)),
        post_of(Platform, "/tenants/{id}/edit", EditTenant::NAME, post(platform::web::edit)),
        post_of(Platform, "/tenants/{id}/tier", ChangeTier::NAME, post(platform::web::change_tier)),
        post_of(Platform, "/tenants/{id}/suspend", SuspendTenant::NAME, post(platform::web::suspend)),
        post_of(Platform, "/tenants/{id}/restore", RestoreTenant::NAME, post(platform::web::restore)),
        post_of(Platform, "/tenants/{id}/close", CloseTenant::NAME, post(platform::web::close)),
        post_of(Platform, "/tenants/{id}/extend", EditTenant::NAME, post(platform::web::extend)),
        get_of(Platform, "/migrations", ViewMigrations::NAME, get(platform::web::migrations)),
        get_of(Platform, "/domains", ViewDomains::NAME, get(domains::web::list)),
        post_of(Platform, "/domains", ManageDomains::NAME, post(domains::web::add)),
        post_of(Platform, "/domains/{id}/confirm", ManageDomains::NAME, post(domains::web::confirm)),
        get_of(Platform, "/domains/{id}/remove", ManageDomains::NAME, get(domains::web::remove_page)),
        post_of(Platform, "/domains/{id}/remove", ManageDomains::NAME, post(domains::web::remove)),
        get_of(Platform, "/audit", ViewAudit::NAME, get(audit::web::list)),
        get_of(Platform, "/audit.csv", ExportAudit::NAME, get(audit::web::csv)),
        get_of(Platform, "/audit.jsonl", ExportAudit::NAME, get(audit::web::jsonl)),
        post_of(Platform, "/audit/verify", VerifyAudit::NAME, post(audit::web::check)),
        get_of(Tenant, "/activity", ViewAudit::NAME, get(audit::web::list)),
        get_of(Tenant, "/activity.csv", ExportAudit::NAME, get(audit::web::csv)),
        get_of(Tenant, "/activity.jsonl", ExportAudit::NAME, get(audit::web::jsonl)),
        // From one host to another, as somebody else.
        get_of(Platform, "/handoff/confirm", Masquerade::NAME, get(access::web::handoff_confirm)),
        get_of(Tenant, "/handoff/begin", Masquerade::NAME, get(access::web::handoff_begin)),
        get_of(Tenant, "/handoff/enter", Masquerade::NAME, get(access::web::handoff_enter)),
    ];
    // People: the platform's of everybody, a business's of its own.
    for (reach, room) in [(Platform, "/users"), (Tenant, "/team")] {
        let at = |rest: &str| -> &'static str { Box::leak(format!("{room}{rest}").into_boxed_str()) };
        all.extend([
            get_of(reach, at(""), ViewUsers::NAME, get(people::web::list)),
            post_of(reach, at(""), CreateUser::NAME, post(people::web::add)),
            get_of(reach, at("/new"), CreateUser::NAME, get(people::web::new_page)),
            get_of(reach, at("/{id}"), ViewUser::NAME, get(people::web::person)),
            post_of(reach, at("/{id}/role"), ChangeRole::NAME, post(people::web::role)),
            post_of(reach, at("/{id}/deactivate"), DeactivateUser::NAME, post(people::web::deactivate)),
            post_of(reach, at("/{id}/reactivate"), ReactivateUser::NAME, post(people::web::reactivate)),
            post_of(reach, at("/{id}/reset"), ResetAccess::NAME, post(people::web::reset)),
            post_of(reach, at("/{id}/masquerade"), Masquerade::NAME, post(access::web::begin)),
        ]);
    }
    for reach in [Platform, Tenant] {
        all.extend([
            get_of(reach, "/grants", ViewGrants::NAME, get(access::web::list)),
            post_of(reach, "/grants", GrantPermission::NAME, post(access::web::create)),
            get_of(reach, "/grants/new", GrantPermission::NAME, get(access::web::new_page)),
            get_of(reach, "/grants/confirm", RevokeGrant::NAME, get(access::web::confirm)),
            post_of(reach, "/grants/revoke", RevokeGrant::NAME, post(access::web::revoke)),
            post_of(reach, "/masquerade/stop", EndMasquerade::NAME, post(access::web::stop)),
            get_of(reach, "/account", ChangeOwnPassword::NAME, get(identity::web::account)),
            post_of(reach, "/account/password", ChangeOwnPassword::NAME, post(identity::web::change_password)),
            post_of(reach, "/account/sessions/end", ChangeOwnPassword::NAME, post(identity::web::end_sessions)),
            get_of(reach, "/login", SIGN_IN, get(identity::web::login_page)),
            post_of(reach, "/login", SIGN_IN, post(identity::web::login)),
            post_of(reach, "/logout", SIGN_IN, post(identity::web::logout)),
            get_of(reach, "/forgot", SIGN_IN, get(identity::web::forgot_page)),
            post_of(reach, "/forgot", SIGN_IN, post(identity::web::forgot)),
            get_of(reach, "/join", SIGN_IN, get(identity::web::join_page)),
            post_of(reach, "/join", SIGN_IN, post(identity::web::join)),
            get_of(reach, "/dev/login", DEVELOPMENT, get(identity::web::quick_page)),
            post_of(reach, "/dev/login", DEVELOPMENT, post(identity::web::quick_login)),
            get_of(reach, "/dev/inbox", DEVELOPMENT, get(mail::web::inbox)),
            get_of(reach, "/dev/inbox/{id}/html", DEVELOPMENT, get(mail::web::letter)),
            get_of(reach, "/dev/inbox/{id}/appointment.ics", DEVELOPMENT, get(mail::web::calendar)),
        ]);
    }
    for (at, right) in SERVER_FUNCTIONS {
        all.push(post_of(Tenant, *at, *right, post(server_function)));
    }
    all
}

/// A path whose right is none that the policy knows would be open by mistake: the server does not start with one.
fn check_rights() -> anyhow::Result<()> {
    for endpoint in endpoints() {
        let is_known = [SIGN_IN, DEVELOPMENT].contains(&endpoint.right)
            || domain::policy::RIGHTS.iter().any(|right| right.name == endpoint.right);
        anyhow::ensure!(
            is_known,
            "{} {} names the right '{}', which is none",
            endpoint.method,
            endpoint.path,
            endpoint.right
        );
    }
    Ok(())
}

/// The server functions that the islands call, each with its right.
const SERVER_FUNCTIONS: &[(&str, &str)] = &[("/api/schedule/move_appointment", MoveAppointment::NAME)];

async fn server_function(request: Request) -> Response {
    let response = leptos_axum::handle_server_fns_with_context(|| {}, request).await.into_response();
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    // The framework answers what it cannot read with a 500, as if that were our fault.
    let (mut parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else { return error::undrawn(Problem::Failed) };
    if body.starts_with(br#"{"code":"transport""#) {
        parts.status = StatusCode::BAD_REQUEST;
    }
    Response::from_parts(parts, body.into())
}

/// A function that exists but is not in the table would answer nobody, or without a right: neither may start.
fn check_server_functions() -> anyhow::Result<()> {
    let mut named: Vec<_> = SERVER_FUNCTIONS.iter().map(|(path, _)| (*path).to_owned()).collect();
    let mut found: Vec<_> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    named.sort();
    found.sort();
    anyhow::ensure!(
        named == found,
        "server functions and their rights do not match: the table has {named:?}, the build has {found:?}"
    );
    Ok(())
}

/// The whole service.
pub fn router(app: &App) -> anyhow::Result<Router> {
    check_server_functions()?;
    check_rights()?;
    let site = |reach: Reach| {
        endpoints()
            .into_iter()
            .filter(|e| e.reach == reach)
            .fold(Router::new(), |router, e| router.route(e.path, e.limited()))
            .with_state(app.clone())
    };
    let sites = Sites { base: site(Reach::Base), platform: site(Reach::Platform), tenant: site(Reach::Tenant) };
    let pages = Router::new()
        .fallback(move |request: Request| dispatch(sites.clone(), request))
        // Within: what fails here is drawn with the frame of whoever asked, banner included.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(CatchPanicLayer::custom(envelope::panicked))
        .layer(from_fn_with_state(app.clone(), origin::check))
        .layer(from_fn_with_state(app.clone(), person::identify))
        .layer(session::layer(&app.config, session::SessionStore::new(app.db.clone())))
        .layer(CatchPanicLayer::custom(envelope::panicked));
    Ok(assets::router(&app.config)
        .fallback_service(pages)
        .layer(from_fn_with_state(app.clone(), envelope::wrap))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready).with_state(app.clone()))
        .layer(from_fn(refuse_connect)))
}

/// Whether this node can serve: the database answers.
async fn ready(State(app): State<App>) -> Response {
    match app.routes.refresh(&app.db).await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is out of reach\n").into_response(),
    }
}

/// Methods that make no sense for a server of pages never reach a room.
async fn refuse_connect(request: Request, next: axum::middleware::Next) -> Response {
    if matches!(*request.method(), Method::CONNECT | Method::TRACE) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    next.run(request).await
}

#[derive(Clone)]
struct Sites {
    base: Router,
    platform: Router,
    tenant: Router,
}

async fn dispatch(sites: Sites, request: Request) -> Response {
    let site = match request.extensions().get::<envelope::Envelope>().map(|e| e.site.clone()) {
        Some(HostSite::Base) => sites.base,
        Some(HostSite::Platform) => sites.platform,
        Some(HostSite::Tenant(_)) => sites.tenant,
        Some(HostSite::Unknown) | None => return error::undrawn(Problem::NoSuchSite),
    };
    site.oneshot(request).await.into_response()
}
