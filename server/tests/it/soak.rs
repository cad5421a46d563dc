//! Sixteen who book, keep, move, call off, ask and answer at random, on one small business: whatever they do, what is
//! stored keeps its promises. `SOAK_OPERATIONS=100000 make soak` looks long; the ordinary run is a short one.

use crate::support::{Ids, World};
use domain::{
    actor::{Actor, Person, Role},
    booking::{Contact, Decision},
    ids::{AppointmentId, ResourceId, ServiceId, UserId},
    text::Email,
};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use server::{
    booking::{self, decide::decide, own},
    error::Failure,
    state::{App, request_of_our_own},
    tenancy::TenantRoute,
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use uuid::Uuid;

/// What there is to do: three services that share two people, a room and four machines.
const SET_UP: &str = "
    insert into resource (id, name, kind, quantity) values ('00000000-0000-0000-0000-000000000024', 'machine', 'EQUIPMENT', 4);
    insert into weekly_hours (resource_id, weekday, from_minute, to_minute)
        select '00000000-0000-0000-0000-000000000024', d, 540, 1020 from generate_series(1, 5) d;
    insert into service (id, name, minutes, buffer_after, buffer_before, needs_approval, pending_holds, cancel_minutes, reschedule_minutes)
        values ('00000000-0000-0000-0000-000000000014', 'machine', 50, 10, 0, false, true, 0, 0),
               ('00000000-0000-0000-0000-000000000015', 'asked', 25, 0, 15, true, false, 0, 0);
    insert into service_need (service_id, need, count) values
        ('00000000-0000-0000-0000-000000000014', 0, 1), ('00000000-0000-0000-0000-000000000014', 1, 1),
        ('00000000-0000-0000-0000-000000000015', 0, 1);
    insert into service_need_resource (service_id, need, resource_id) values
        ('00000000-0000-0000-0000-000000000014', 0, '00000000-0000-0000-0000-000000000024'),
        ('00000000-0000-0000-0000-000000000014', 1, '00000000-0000-0000-0000-000000000024'),
        ('00000000-0000-0000-0000-000000000015', 0, '00000000-0000-0000-0000-000000000021'),
        ('00000000-0000-0000-0000-000000000015', 0, '00000000-0000-0000-0000-000000000022');
    update service set cancel_minutes = 0, reschedule_minutes = 0, buffer_after = 5;
    insert into service_limit (service_id, per, kind, most) values
        ('00000000-0000-0000-0000-000000000011', 'day', 'count', 9), ('00000000-0000-0000-0000-000000000014', 'week', 'minutes', 2500);";

struct Soak {
    app: App,
    route: TenantRoute,
    owner: Person,
    rows: sqlx::PgPool,
    schema: String,
    known: Mutex<Vec<AppointmentId>>,
    done: [AtomicUsize; 6],
    refused: AtomicUsize,
}

impl Soak {
    fn start(random: &mut StdRng) -> Timestamp {
        let first: Timestamp = "2026-12-01T08:00:00Z".parse().unwrap();
        first + SignedDuration::from_mins(random.random_range(0..5) * 1440 + random.random_range(0..96) * 5)
    }

    fn any(&self, random: &mut StdRng) -> Option<AppointmentId> {
        self.known.lock().unwrap().choose(random).copied()
    }

    /// The version that somebody has on the screen: mostly the present one.
    async fn version(&self, id: AppointmentId, random: &mut StdRng) -> i32 {
        if random.random_bool(0.2) {
            return random.random_range(1..4);
        }
        let sql = format!("select version from {}.appointment where id = $1", self.schema);
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(id.0).fetch_one(&self.rows).await.unwrap()
    }

    async fn step(&self, random: &mut StdRng) -> Result<(), Failure> {
        let mut cx = request_of_our_own(&self.app, &self.route, "soak");
        let service =
            *[Ids::CUT, Ids::LONG, Ids::PAIR, Uuid::from_u128(0x14), Uuid::from_u128(0x15)].choose(random).unwrap();
        let (service, start) = (ServiceId(service), Self::start(random));
        let kind = random.random_range(0..100);
        let own = |id, version| own::Own { id, has_link: true, version };
        let done = match kind {
            0..40 => {
                let email = Email::parse(&format!("guest{}@example.com", random.random_range(0..300))).unwrap();
                let contact = Contact { name: "Guest".into(), email, phone: None, notes: String::new() };
                let token = Uuid::new_v4();
                if random.random_bool(0.3) {
                    booking::hold(&self.app, &cx, service, None, start, token).await?;
                }
                let request = booking::Request { service, start, staff: None, token, contact };
                match booking::book(&self.app, &cx, &request).await? {
                    booking::Outcome::Booked(id) => self.known.lock().unwrap().push(id),
                    booking::Outcome::Gone => {
                        self.refused.fetch_add(1, Ordering::Relaxed);
                    }
                }
                0
            }
            40..50 => {
                booking::hold(&self.app, &cx, service, None, start, Uuid::new_v4()).await?;
                1
            }
            50..65 => {
                let Some(id) = self.any(random) else { return Ok(()) };
                let version = self.version(id, random).await;
                own::reschedule(&self.app, &cx, &own(id, version), start, None).await?;
                2
            }
            65..75 => {
                let Some(id) = self.any(random) else { return Ok(()) };
                let version = self.version(id, random).await;
                own::cancel(&self.app, &cx, &own(id, version), "").await?;
                3
            }
            75..90 => {
                let Some(id) = self.any(random) else { return Ok(()) };
                cx.actor = Actor::Person(self.owner.clone());
                let resource = ResourceId(*[Ids::ANA, Ids::BO, Ids::ROOM].choose(random).unwrap());
                let version = self.version(id, random).await;
                let change = app::schedule::model::Move { id, version, resource, start, minutes: None, notify: true };
                server::schedule::move_appointment(&self.app, &cx, &change).await?;
                4
            }
            _ => {
                let Some(id) = self.any(random) else { return Ok(()) };
                cx.actor = Actor::Person(self.owner.clone());
                let version = self.version(id, random).await;
                let decision = *[Decision::Confirm, Decision::Decline, Decision::Cancel].choose(random).unwrap();
                decide(&self.app, &cx, id, version, decision, "").await?;
                5
            }
        };
        self.done[done].fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_sixteen_do_at_random() {
    let operations: usize = std::env::var("SOAK_OPERATIONS").map_or(3_000, |text| text.parse().unwrap());
    let world = World::with(|config| config.pool_size = 16).await;
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("set search_path = {schema}, ext; {SET_UP}")).await;
    let route = world.app.routes.by_id(domain::ids::TenantId(world.tenant_id("alpha").await)).unwrap();
    let owner = Person::new(
        UserId(world.id_of("owner@alpha.example").await),
        "Owner",
        "owner@alpha.example",
        Role::TenantOwner,
        Some(route.id),
    );
    let soak = Arc::new(Soak {
        app: world.app.clone(),
        route: (*route).clone(),
        owner,
        rows: sqlx::postgres::PgPoolOptions::new()
            .max_connections(8)
            .connect_with(world.config.owner.clone())
            .await
            .unwrap(),
        schema: schema.clone(),
        known: Mutex::default(),
        done: Default::default(),
        refused: AtomicUsize::new(0),
    });
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..16_u64 {
        let soak = soak.clone();
        writers.spawn(async move {
            let mut random = StdRng::seed_from_u64(writer);
            for _ in 0..operations / 16 {
                match soak.step(&mut random).await {
                    Ok(()) => {}
                    // What people are told, and may be told; anything else is a fault.
                    Err(Failure::App(app::error::AppError::Conflict(_) | app::error::AppError::NotFound)) => {
                        soak.refused.fetch_add(1, Ordering::Relaxed);
                    }
                    Err(other) => panic!("{other:?}"),
                }
            }
        });
    }
    writers.join_all().await;
    let done: Vec<usize> = soak.done.iter().map(|done| done.load(Ordering::Relaxed)).collect();
    println!("booked or tried, kept, moved, called off, dragged, decided: {done:?}; refused {:?}", soak.refused);
    assert!(done.iter().all(|done| *done > 0), "{done:?}");
    check(&world, &schema).await;
}

/// What must hold at any time, asked of the database itself.
async fn check(world: &World, s: &str) {
    let none = async |what: &str, sql: &str| {
        assert_eq!(world.count(&sql.replace("{s}", s)).await, 0, "{what}");
    };
    none(
        "overlaps on a unit",
        "select count(*) from {s}.claim a join {s}.claim b on a.ctid < b.ctid and a.resource_id = b.resource_id
             and a.unit = b.unit and a.during && b.during",
    )
    .await;
    none(
        "buffers cut",
        "select count(*) from {s}.claim a join {s}.claim b on a.resource_id = b.resource_id and a.unit = b.unit
             and lower(b.during) >= upper(a.during)
             and lower(b.during) < upper(a.during) + make_interval(mins => greatest(a.buffer_after, b.buffer_before))",
    )
    .await;
    none(
        "units beyond the quantity",
        "select count(*) from {s}.claim c join {s}.resource r on r.id = c.resource_id where c.unit > r.quantity",
    )
    .await;
    none("claims of nobody", "select count(*) from {s}.claim where num_nonnulls(appointment_id, hold_id) <> 1").await;
    none(
        "claims of what holds nothing",
        "select count(*) from {s}.claim c join {s}.appointment a on a.id = c.appointment_id where not a.holds",
    )
    .await;
    none(
        "appointments without all their claims, or at another time",
        "select count(*) from {s}.appointment a where a.holds and
             (select coalesce(sum(n.count), 0) from {s}.service_need n where n.service_id = a.service_id) is distinct from
             (select count(*) from {s}.claim c where c.appointment_id = a.id and c.during = tstzrange(a.starts_at, a.ends_at))",
    )
    .await;
    none(
        "more than the limit of a day",
        "select count(*) from (select 1 from {s}.appointment where service_id = '00000000-0000-0000-0000-000000000011'
             and status in ('CONFIRMED', 'PENDING') and holds
             group by (starts_at at time zone 'Europe/Berlin')::date having count(*) > 9) too_many",
    )
    .await;
    none(
        "more than the limit of a week",
        "select count(*) from (select 1 from {s}.appointment where service_id = '00000000-0000-0000-0000-000000000014'
             and status in ('CONFIRMED', 'PENDING') and holds
             group by date_trunc('week', starts_at at time zone 'Europe/Berlin')
             having sum(extract(epoch from ends_at - starts_at) / 60) > 2500) too_many",
    )
    .await;
    none(
        "versions without a line of history",
        "select count(*) from {s}.appointment a where a.version <>
             (select count(*) from {s}.appointment_history h where h.appointment_id = a.id)",
    )
    .await;
}
