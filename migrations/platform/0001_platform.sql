-- The platform's own schema: tenants, hosts, people and sessions. Tenants' rows never live here.
--
-- Roles, made by `smoothschedule migrate` before this file runs:
--   the owner (who runs this), smoothschedule_app (the server's login: owns nothing, inherits nothing),
--   smoothschedule_tenant (what every tenant's role may do besides its own schema).

create schema ext;
create extension btree_gist with schema ext;

revoke create on schema public from public;
grant usage on schema public to smoothschedule_app;
grant usage on schema ext to smoothschedule_tenant;

create table public.tenant (
    id             uuid primary key,
    name           text not null check (char_length(name) between 1 and 120),
    slug           text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    -- Schema and role have the same generated name: user text never becomes an identifier.
    schema_name    text not null unique check (schema_name ~ '^t_[a-z2-7]{26}$'),
    tier           text not null check (tier in ('FREE', 'PROFESSIONAL', 'BUSINESS', 'ENTERPRISE')),
    status         text not null check (status in ('TRIAL', 'ACTIVE', 'SUSPENDED', 'CLOSED')),
    is_temporary   boolean not null default false,
    expires_at     timestamptz check (expires_at is null or is_temporary),
    timezone       text not null,
    cell           text not null default 'main',
    schema_version bigint not null,
    -- Why the last migration of this tenant failed; null when it did not.
    migration_error text,
    created_at     timestamptz not null default now()
);

-- Custom hosts. A tenant's own `<slug>.<base>` needs no row.
create table public.domain (
    host        text primary key check (host = lower(host) and char_length(host) <= 253),
    tenant_id   uuid not null references public.tenant (id),
    is_primary  boolean not null default false,
    verified_at timestamptz,
    created_at  timestamptz not null default now()
);

create table public.user_account (
    id            uuid primary key,
    email         text not null check (char_length(email) <= 254),
    name          text not null check (char_length(name) between 1 and 120),
    password_hash text not null,
    role          text not null check (role in (
        'SUPERUSER', 'PLATFORM_MANAGER', 'PLATFORM_SALES', 'PLATFORM_SUPPORT',
        'TENANT_OWNER', 'TENANT_MANAGER', 'TENANT_STAFF', 'CUSTOMER')),
    tenant_id     uuid references public.tenant (id),
    is_active     boolean not null default true,
    -- Raised by a change of password, role or state; sessions of an older epoch are dead.
    epoch         integer not null default 0,
    created_at    timestamptz not null default now(),
    constraint user_role_and_tenant check (
        (role in ('SUPERUSER', 'PLATFORM_MANAGER', 'PLATFORM_SALES', 'PLATFORM_SUPPORT')) = (tenant_id is null))
);
create unique index user_account_email on public.user_account (lower(email));

create table public.session (
    -- SHA-256 of the id in the cookie: who reads this table cannot sign in with it.
    id_hash        bytea primary key check (octet_length(id_hash) = 32),
    user_id        uuid not null references public.user_account (id) on delete cascade,
    user_epoch     integer not null,
    -- The tenant whose host the session was made on; null for the platform's host.
    tenant_id      uuid references public.tenant (id) on delete cascade,
    created_at     timestamptz not null default now(),
    last_seen_at   timestamptz not null default now(),
    absolute_until timestamptz not null
);
create index session_of_user on public.session (user_id);
create index session_end on public.session (absolute_until);

-- Every node keeps the table of hosts in memory and asks for this number once a second.
create table public.route_epoch (
    only_row boolean primary key default true check (only_row),
    epoch    bigint not null
);
insert into public.route_epoch (epoch) values (1);

create function public.bump_route_epoch() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
begin
    update public.route_epoch set epoch = epoch + 1;
    -- A hint only: a node that misses it asks a second later anyway.
    perform pg_notify('route', '');
    return null;
end
$$;
create trigger tenant_routes after insert or delete or truncate
    or update of name, slug, schema_name, status, timezone, cell, schema_version on public.tenant
    for each statement execute function public.bump_route_epoch();
create trigger domain_routes after insert or delete or truncate or update on public.domain
    for each statement execute function public.bump_route_epoch();

grant select on public.tenant, public.domain, public.user_account, public.route_epoch to smoothschedule_app;
grant select, insert, delete on public.session to smoothschedule_app;
grant update (last_seen_at) on public.session to smoothschedule_app;
