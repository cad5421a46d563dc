-- Rules of time in full: buffers, limits, quantities, other hours on a date, time off, closures, holds; what was promised
-- when somebody booked, and what became of it.

alter table business
    add column buffer_mode        text not null default 'max' check (buffer_mode in ('max', 'sum')),
    -- How long before the start a customer may still call off or move; a service may say otherwise.
    add column cancel_minutes     integer not null default 1440 check (cancel_minutes between 0 and 525600),
    add column reschedule_minutes integer not null default 1440 check (reschedule_minutes between 0 and 525600),
    -- How long before the start a reminder goes out; null: never.
    add column reminder_minutes   integer default 1440 check (reminder_minutes between 15 and 43200),
    add column about              text not null default '' check (char_length(about) <= 2000),
    add column contact_email      text check (char_length(contact_email) <= 254),
    add column contact_phone      text check (char_length(contact_phone) <= 40),
    add column address            text not null default '' check (char_length(address) <= 300),
    -- The colour of buttons and links on the public pages; null: the product's own.
    add column brand_colour       text check (brand_colour ~ '^#[0-9a-f]{6}$'),
    add column version            integer not null default 1;

alter table service
    -- Under which heading it stands on the public page; empty: under none.
    add column category           text not null default '' check (char_length(category) <= 80),
    add column buffer_before      integer not null default 0 check (buffer_before between 0 and 720),
    add column buffer_after       integer not null default 0 check (buffer_after between 0 and 720),
    add column grid               text not null default 'grid' check (grid in ('grid', 'packed')),
    add column needs_approval     boolean not null default false,
    -- Whether a request that waits for approval holds its time.
    add column pending_holds      boolean not null default true,
    -- Null: as the business has it.
    add column cancel_minutes     integer check (cancel_minutes between 0 and 525600),
    add column reschedule_minutes integer check (reschedule_minutes between 0 and 525600),
    add column archived_at        timestamptz,
    add column version            integer not null default 1;

-- At most so many bookings, or minutes of them, in a day, week or month of the business.
create table service_limit (
    service_id uuid not null references service (id) on delete cascade,
    per        text not null check (per in ('day', 'week', 'month')),
    kind       text not null check (kind in ('count', 'minutes')),
    most       integer not null check (most between 0 and 1000000),
    primary key (service_id, per, kind)
);

alter table resource
    add column quantity    integer not null default 1 check (quantity between 1 and 200),
    add column archived_at timestamptz,
    -- Part of the key of the private calendar feed: one more makes all addresses given out before worthless.
    add column feed_epoch  integer not null default 0,
    add column version     integer not null default 1;

-- What a date has instead of its weekly hours, on the resource's own calendar; no span at all: closed. The two lists are
-- of one length, in minutes of the day as in weekly_hours.
create table date_override (
    resource_id  uuid not null references resource (id) on delete cascade,
    date         date not null,
    from_minutes smallint[] not null default '{}',
    to_minutes   smallint[] not null default '{}',
    primary key (resource_id, date),
    check (cardinality(from_minutes) = cardinality(to_minutes) and cardinality(from_minutes) <= 12)
);

create table time_off (
    id          uuid primary key,
    resource_id uuid not null references resource (id) on delete cascade,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    reason      text not null default '' check (char_length(reason) <= 200),
    check (ends_at > starts_at)
);
create index time_off_of_resource on time_off (resource_id, ends_at);

-- Dates on which the whole business is closed, both included, on its own calendar.
create table closure (
    id        uuid primary key,
    from_date date not null,
    to_date   date not null,
    name      text not null check (char_length(name) between 1 and 120),
    check (to_date >= from_date)
);

alter table customer
    -- The login of a customer who has one.
    add column user_id       uuid constraint customer_user unique,
    -- Of the team, about the customer; never shown to the customer.
    add column notes         text not null default '' check (char_length(notes) <= 2000),
    -- Set when the customer had the data deleted: what is left names nobody.
    add column anonymised_at timestamptz,
    add column version       integer not null default 1;
create index customer_by_name on customer (lower(name), id);

-- What was promised is written down with the booking: a rule that changes later changes nothing for it.
alter table appointment
    add column buffer_before      integer not null default 0,
    add column buffer_after       integer not null default 0,
    -- Whether it holds its time: false for a request that only asks, and for what was called off.
    add column holds              boolean not null default true,
    add column cancel_minutes     integer not null default 1440,
    add column reschedule_minutes integer not null default 1440,
    add column source             text not null default 'PAGE' check (source in ('PAGE', 'STAFF', 'API', 'IMPORT')),
    add column cancelled_by       text check (cancelled_by in ('CUSTOMER', 'BUSINESS')),
    add column cancelled_at       timestamptz,
    add column cancel_reason      text check (char_length(cancel_reason) <= 500),
    add constraint appointment_cancelled check ((status = 'CANCELLED') = (cancelled_at is not null));
update appointment set holds = status <> 'CANCELLED';
create index appointment_service on appointment (service_id, starts_at);
create index appointment_pending on appointment (starts_at) where status = 'PENDING';

-- How each appointment came to be as it is: a line a version.
create table appointment_history (
    appointment_id uuid not null references appointment (id) on delete cascade,
    version        integer not null,
    at             timestamptz not null default now(),
    -- The login; null for a customer without one, and for the system.
    actor          uuid,
    action         text not null check (action in (
        'BOOKED', 'REQUESTED', 'CONFIRMED', 'DECLINED', 'MOVED', 'CANCELLED', 'COMPLETED', 'NO_SHOW')),
    status         text not null,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    resource_ids   uuid[] not null,
    primary key (appointment_id, version)
);

-- A time kept for somebody who fills in the form. It is a claim like all others, and ends by itself.
create table hold (
    id         uuid primary key,
    service_id uuid not null references service (id) on delete cascade,
    -- Of the form that it is for: showing the form again moves the hold instead of adding one.
    token      uuid not null constraint hold_token unique,
    -- A keyed hash of where it was asked for: nobody keeps more than a few times from others.
    client     bytea not null,
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    expires_at timestamptz not null
);
create index hold_expiry on hold (expires_at);
create index hold_of_client on hold (client, expires_at);

alter table claim
    drop constraint claim_pkey,
    alter column appointment_id drop not null,
    add column hold_id       uuid references hold (id) on delete cascade,
    -- Which need of the service it serves.
    add column need          smallint not null default 1,
    -- Minutes to keep free around it, toward other claims of the unit.
    add column buffer_before integer not null default 0,
    add column buffer_after  integer not null default 0,
    add constraint claim_owner check (num_nonnulls(appointment_id, hold_id) = 1),
    -- Deferrable, so that units can be dealt out anew in one statement: it is checked when all of them are in place.
    add constraint claim_of_appointment unique (appointment_id, resource_id, unit) deferrable initially immediate,
    add constraint claim_of_hold unique (hold_id, resource_id, unit) deferrable initially immediate;
