//! Migrations and provisioning: whole or not at all, and nobody waits for a broken neighbour.

use crate::support::World;
use domain::tenant::{TenantStatus, Tier};
use server::tenancy::{Migrations, NewTenant, Provisioner, target_version};

#[tokio::test]
async fn a_broken_tenant_is_named_and_stops_nobody() {
    let world = World::new().await;
    world.tenant("gamma").await;
    // All three are set back to nothing; beta's schema has something in the way.
    for slug in ["alpha", "beta", "gamma"] {
        let schema = world.schema(slug).await;
        world
            .owner_sql(&format!(
                "drop schema {schema} cascade; create schema {schema}; grant usage on schema {schema} to {schema}"
            ))
            .await;
    }
    let beta = world.schema("beta").await;
    world.owner_sql(&format!("create table {beta}.claim (in_the_way int)")).await;
    world.owner_sql("update public.tenant set schema_version = 0").await;

    let migrations = Migrations::new(&world.config);
    let report = migrations.tenants(None, |_, _, _| {}).await.unwrap();
    let failed: Vec<_> = report.failed().map(|t| t.slug.as_str()).collect();
    assert_eq!((report.tenants.len(), failed), (3, vec!["beta"]));
    let behind = format!("select count(*) from public.tenant where schema_version < {}", target_version());
    assert_eq!(world.count(&behind).await, 1);
    assert_eq!(
        world.count("select count(*) from public.tenant where slug = 'beta' and migration_error like '%claim%'").await,
        1
    );
    // One transaction a tenant: what went before the failure is not there either.
    assert_eq!(world.count(&format!("select count(*) from pg_tables where schemaname = '{beta}'")).await, 1);
    world.app.routes.refresh(&world.app.db).await.unwrap();
    assert_eq!(world.visitor("alpha").get("/").await.status, 200);
    assert_eq!(world.visitor("beta").get("/").await.status, 404, "a tenant that is behind answers");

    // Mended, a second run takes up what is left, and a third has nothing to do.
    world.owner_sql(&format!("drop table {beta}.claim")).await;
    assert_eq!(migrations.tenants(None, |_, _, _| {}).await.unwrap().tenants.len(), 1);
    assert_eq!(migrations.tenants(None, |_, _, _| {}).await.unwrap().tenants.len(), 0);
    world.app.routes.refresh(&world.app.db).await.unwrap();
    assert_eq!(world.visitor("beta").get("/").await.status, 200);
}

#[tokio::test]
async fn provisioning_leaves_all_or_nothing() {
    let world = World::new().await;
    let roles = "select count(*) from pg_roles r where r.rolname like 't\\_%' and not exists
        (select 1 from pg_namespace n where n.nspname = r.rolname) and pg_has_role(r.rolname, 'smoothschedule_tenant', 'member')
        and exists (select 1 from public.tenant t where t.schema_name = r.rolname)";
    let schemas = "select count(*) from pg_namespace where nspname like 't\\_%'";
    let before = world.count(schemas).await;
    let again = Provisioner::new(&world.config)
        .create(&NewTenant {
            name: "Another".into(),
            slug: "alpha".into(),
            timezone: "Europe/Berlin".into(),
            tier: Tier::Free,
            status: TenantStatus::Active,
            temporary_days: None,
            domain: None,
            people: vec![],
            by: None,
        })
        .await;
    assert!(again.is_err(), "a name was given twice");
    assert_eq!(world.count(schemas).await, before);
    assert_eq!(world.count(roles).await, 0);
}

#[tokio::test]
async fn the_platforms_migrations_run_once_and_notice_a_change() {
    let world = World::empty(|_| {}).await;
    let migrations = Migrations::new(&world.config);
    assert!(migrations.platform().await.unwrap().is_empty());
    world.owner_sql("update public.platform_migration set checksum = '\\x00' where version = 1").await;
    let error = migrations.platform().await.unwrap_err().to_string();
    assert!(error.contains("migration 1 was changed"), "{error}");
}

#[tokio::test]
async fn the_servers_login_owns_nothing_and_inherits_nothing() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    let options = world.config.app.clone();
    let mut conn = <sqlx::PgConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
    let mut run = async |sql: String| {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.map(|_| ()).map_err(|e| e.to_string())
    };
    for forbidden in [
        format!("select * from {schema}.customer"),
        format!("drop schema {schema} cascade"),
        "create table public.trojan (a int)".into(),
        "update public.tenant set schema_name = 'x'".into(),
        "update public.user_account set tenant_id = null".into(),
        "delete from public.user_account".into(),
        "delete from audit.event".into(),
        "update audit.event set action = 'LOGIN'".into(),
        "insert into audit.event (stream, seq, at, action, target, detail, prev, hash) values (gen_random_uuid(), 1, now(), 'X', '', '', '', '')".into(),
        "update audit.head set seq = 0".into(),
        "update public.masquerade set reason = 'another'".into(),
        "update public.permission_grant set ends_at = now() + interval '1 day'".into(),
        "truncate audit.event".into(),
    ] {
        let error = run(forbidden.clone()).await.unwrap_err();
        assert!(error.contains("permission denied") || error.contains("must be owner"), "{forbidden}: {error}");
    }
}
