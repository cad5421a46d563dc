//! A small world: two businesses whose rows have the same ids, and people in them.

use super::{Client, db};
use axum::Router;
use domain::{
    actor::Role,
    ids::UserId,
    tenant::{TenantStatus, Tier},
};
use server::{
    config::Config,
    http::router,
    identity::NewPerson,
    password::hash_now,
    state::App,
    tenancy::{NewTenant, Provisioner, TenantRoute},
};
use sqlx::{Connection, Executor, PgConnection};
use std::sync::LazyLock;
use uuid::Uuid;

pub const PASSWORD: &str = "a long enough password";
static HASH: LazyLock<String> = LazyLock::new(|| hash_now(PASSWORD).unwrap());

/// The ids that every tenant's rows have alike: what tells tenants apart can only be the schema.
pub struct Ids;

impl Ids {
    pub const CUT: Uuid = Uuid::from_u128(0x11);
    pub const LONG: Uuid = Uuid::from_u128(0x12);
    pub const PAIR: Uuid = Uuid::from_u128(0x13);
    pub const ANA: Uuid = Uuid::from_u128(0x21);
    pub const BO: Uuid = Uuid::from_u128(0x22);
    pub const ROOM: Uuid = Uuid::from_u128(0x23);
}

pub struct World {
    pub app: App,
    pub config: Config,
    pub router: Router,
}

impl World {
    /// A migrated platform without tenants.
    pub async fn empty(adjust: impl FnOnce(&mut Config)) -> Self {
        // What the server has to say of a failure, with TEST_LOG=1.
        if std::env::var_os("TEST_LOG").is_some() {
            let _ = tracing_subscriber::fmt().with_test_writer().try_init();
        }
        let mut config = db::fresh().await;
        adjust(&mut config);
        let app = App::new(config.clone()).unwrap();
        let router = router(&app).unwrap();
        Self { app, config, router }
    }

    /// Two tenants, `alpha` and `beta`.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(adjust: impl FnOnce(&mut Config)) -> Self {
        let world = Self::empty(adjust).await;
        world.tenant("alpha").await;
        world.tenant("beta").await;
        world
    }

    /// A tenant whose every name begins with its own, and whose ids are everybody's.
    pub async fn tenant(&self, slug: &str) -> TenantRoute {
        let mark = mark(slug);
        let person = |name: &str, role| NewPerson {
            id: UserId(Uuid::now_v7()),
            email: format!("{name}@{slug}.example"),
            name: format!("{mark} {name}"),
            password_hash: Some(HASH.clone()),
            role,
            is_temporary: false,
        };
        let people = vec![
            person("owner", Role::TenantOwner),
            person("manager", Role::TenantManager),
            person("staff", Role::TenantStaff),
            person("customer", Role::Customer),
        ];
        let staff = people[2].id;
        let route = Provisioner::new(&self.config)
            .create(&NewTenant {
                name: format!("{mark} Studio"),
                slug: slug.into(),
                timezone: "Europe/Berlin".into(),
                tier: Tier::Free,
                status: TenantStatus::Active,
                temporary_days: None,
                domain: None,
                people,
                by: None,
            })
            .await
            .unwrap();
        let schema = self.schema(slug).await;
        let (cut, long, pair, ana, bo, room) = (Ids::CUT, Ids::LONG, Ids::PAIR, Ids::ANA, Ids::BO, Ids::ROOM);
        self.owner_sql(&format!(
            "set search_path = {schema}, ext;
             update business set tagline = '{mark} tagline';
             insert into service (id, name, minutes, step, price_minor) values
                ('{cut}', '{mark} cut', 30, 15, 4800), ('{long}', '{mark} long', 60, 15, 9000), ('{pair}', '{mark} pair', 30, 30, null);
             insert into resource (id, name, kind, user_id, position) values
                ('{ana}', '{mark} Ana', 'STAFF', '{staff}', 0), ('{bo}', '{mark} Bo', 'STAFF', null, 1), ('{room}', '{mark} room', 'ROOM', null, 2);
             insert into service_need (service_id, need) values ('{cut}', 0), ('{long}', 0), ('{pair}', 0), ('{pair}', 1);
             insert into service_need_resource (service_id, need, resource_id) values
                ('{cut}', 0, '{ana}'), ('{long}', 0, '{ana}'), ('{pair}', 0, '{ana}'), ('{pair}', 0, '{bo}'), ('{pair}', 1, '{room}');
             insert into weekly_hours (resource_id, weekday, from_minute, to_minute)
                select r.id, d, 540, 1020 from resource r, generate_series(1, 5) d;"
        ))
        .await;
        self.app.routes.refresh(&self.app.db).await.unwrap();
        route
    }

    pub async fn schema(&self, slug: &str) -> String {
        let mut conn = self.owner().await;
        sqlx::query_scalar("select schema_name from public.tenant where slug = $1")
            .bind(slug)
            .fetch_one(&mut conn)
            .await
            .unwrap()
    }

    pub async fn owner(&self) -> PgConnection {
        PgConnection::connect_with(&self.config.owner).await.unwrap()
    }

    /// SQL as the owner of all schemas: what an operator, or an attacker with the database, could do.
    pub async fn owner_sql(&self, sql: &str) {
        self.owner().await.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))).await.unwrap();
    }

    pub async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&mut self.owner().await).await.unwrap()
    }

    /// A visitor of a tenant's site.
    pub fn visitor(&self, slug: &str) -> Client {
        Client::new(&self.router, &format!("{slug}.localhost:3000"))
    }

    /// Somebody signed in at a tenant's site.
    pub async fn signed_in(&self, slug: &str, who: &str) -> Client {
        let client = self.visitor(slug);
        let answer =
            client.post("/login", &[("email", &format!("{who}@{slug}.example")), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        client
    }
}

impl World {
    /// The platform's site.
    pub fn platform(&self) -> Client {
        Client::new(&self.router, "platform.localhost:3000")
    }

    /// Somebody of the platform, signed in there: `superuser`, `manager`, `sales`, `support`. Made when first asked for.
    pub async fn of_the_platform(&self, who: &str) -> Client {
        let role = match who {
            "superuser" => Role::Superuser,
            "manager" => Role::PlatformManager,
            "sales" => Role::PlatformSales,
            _ => Role::PlatformSupport,
        };
        let email = format!("{who}@platform.example");
        self.person(&email, role, None).await;
        let client = self.platform();
        let answer = client.post("/login", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        client
    }

    /// Adds a person unless the address is known; tells the id.
    pub async fn person(&self, email: &str, role: Role, slug: Option<&str>) -> Uuid {
        let tenant = match slug {
            Some(slug) => format!("(select id from public.tenant where slug = '{slug}')"),
            None => "null".into(),
        };
        self.owner_sql(&format!(
            "insert into public.user_account (id, email, name, password_hash, role, tenant_id)
             values ('{}', '{email}', 'Name of {email}', '{}', '{}', {tenant}) on conflict do nothing",
            Uuid::now_v7(),
            *HASH,
            role.as_str()
        ))
        .await;
        self.id_of(email).await
    }

    pub async fn id_of(&self, email: &str) -> Uuid {
        sqlx::query_scalar("select id from public.user_account where email = $1")
            .bind(email)
            .fetch_one(&mut self.owner().await)
            .await
            .unwrap()
    }

    pub async fn tenant_id(&self, slug: &str) -> Uuid {
        sqlx::query_scalar("select id from public.tenant where slug = $1")
            .bind(slug)
            .fetch_one(&mut self.owner().await)
            .await
            .unwrap()
    }

    /// The lines of a log file, once everything is in it.
    pub async fn log(&self, name: &str) -> Vec<serde_json::Value> {
        server::audit::project::project(&self.app.db, &self.config.logs).await.unwrap();
        let text = std::fs::read_to_string(self.config.logs.join(format!("{name}.log"))).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// What every name of a tenant begins with.
pub fn mark(slug: &str) -> String {
    format!("Mark{slug}")
}
