-- A tenant's own schema. Run with search_path = the schema, ext. Nothing here points outside of it, and
-- there are no own types, sequences or triggers: docs/decisions/0002-tenancy.md says why.

create table business (
    only_row   boolean primary key default true check (only_row),
    tagline    text not null default '' check (char_length(tagline) <= 300),
    currency   text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
    -- ISO: 1 is Monday.
    week_start smallint not null default 1 check (week_start between 1 and 7)
);
insert into business default values;

create table service (
    id             uuid primary key,
    name           text not null check (char_length(name) between 1 and 120),
    description    text not null default '' check (char_length(description) <= 2000),
    minutes        integer not null check (minutes between 1 and 1440),
    step           integer not null default 15 check (step between 1 and 1440),
    notice_minutes integer not null default 0 check (notice_minutes between 0 and 525600),
    horizon_days   integer not null default 60 check (horizon_days between 0 and 730),
    price_minor    bigint check (price_minor >= 0),
    hue            text not null default 'indigo' check (hue in (
        'indigo', 'violet', 'plum', 'crimson', 'red', 'orange', 'amber', 'grass', 'jade', 'teal', 'cyan', 'slate')),
    is_online      boolean not null default true,
    position       integer not null default 0
);

create table resource (
    id       uuid primary key,
    name     text not null check (char_length(name) between 1 and 120),
    kind     text not null check (kind in ('STAFF', 'ROOM', 'EQUIPMENT')),
    -- Null: the business's zone.
    timezone text,
    -- The login whose calendar this is; null for what is nobody's own.
    user_id  uuid,
    position integer not null default 0
);

-- What a service asks for: `count` different resources out of each pool.
create table service_need (
    service_id uuid not null references service (id) on delete cascade,
    need       smallint not null,
    count      smallint not null default 1 check (count between 1 and 20),
    primary key (service_id, need)
);
create table service_need_resource (
    service_id  uuid not null,
    need        smallint not null,
    resource_id uuid not null references resource (id) on delete cascade,
    primary key (service_id, need, resource_id),
    foreign key (service_id, need) references service_need (service_id, need) on delete cascade
);

-- Wall-clock times in the resource's zone, as minutes of the day; `to_minute` below `from_minute` lies on the next day.
create table weekly_hours (
    resource_id uuid not null references resource (id) on delete cascade,
    -- ISO: 1 is Monday.
    weekday     smallint not null check (weekday between 1 and 7),
    from_minute smallint not null check (from_minute between 0 and 1439),
    to_minute   smallint not null check (to_minute between 0 and 1440 and to_minute <> from_minute),
    primary key (resource_id, weekday, from_minute)
);

create table customer (
    id         uuid primary key,
    name       text not null check (char_length(name) between 1 and 120),
    email      text not null check (char_length(email) <= 254),
    email_key  text not null constraint customer_email unique,
    phone      text check (char_length(phone) <= 40),
    created_at timestamptz not null default now()
);

create table appointment (
    id            uuid primary key,
    reference     text not null constraint appointment_reference unique,
    service_id    uuid not null references service (id),
    customer_id   uuid not null references customer (id),
    -- As typed for this booking: a stranger who knows an address must not rename its customer.
    contact_name  text not null check (char_length(contact_name) between 1 and 120),
    contact_phone text check (char_length(contact_phone) <= 40),
    notes         text not null default '' check (char_length(notes) <= 2000),
    status        text not null check (status in ('PENDING', 'CONFIRMED', 'COMPLETED', 'CANCELLED', 'NO_SHOW')),
    starts_at     timestamptz not null,
    ends_at       timestamptz not null,
    price_minor   bigint,
    -- Makes a form count once, however often it is sent.
    form_token    uuid constraint appointment_form_token unique,
    version       integer not null default 1,
    created_at    timestamptz not null default now(),
    -- The bound lets a day be read by an index on the start alone.
    constraint appointment_length check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours')
);
create index appointment_start on appointment (starts_at);
create index appointment_customer on appointment (customer_id, starts_at);

-- A span held on a unit of a resource. Two that overlap cannot both be stored, whoever writes them.
create table claim (
    appointment_id uuid not null references appointment (id) on delete cascade,
    resource_id    uuid not null references resource (id),
    unit           smallint not null default 1 check (unit >= 1),
    during         tstzrange not null check (not isempty(during) and lower_inc(during) and not upper_inc(during)),
    primary key (appointment_id, resource_id, unit),
    constraint claim_no_overlap exclude using gist (resource_id with =, unit with =, during with &&)
        deferrable initially immediate
);
