-- People: invitations, links to a new password, failed logins; masquerades; grants; custom domains as claims.

alter table public.user_account
    -- Null until an invitation has been taken.
    alter column password_hash drop not null,
    add column is_temporary  boolean not null default false,
    add column last_login_at timestamptz;
create index user_of_tenant on public.user_account (tenant_id, lower(name), id);
create index user_by_name on public.user_account (lower(name), id);

-- One-time links, sent by mail. Kept as hashes.
create table public.user_link (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    user_id    uuid not null references public.user_account (id) on delete cascade,
    purpose    text not null check (purpose in ('INVITATION', 'RESET')),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index link_of_user on public.user_link (user_id);

-- Failed logins, by account, by address, by browser: the key is a keyed hash and names nobody.
create table public.login_failure (
    key bytea not null,
    at  timestamptz not null default now()
);
create index login_failure_key on public.login_failure (key, at);
create index login_failure_at on public.login_failure (at);

create table public.masquerade (
    id            uuid primary key,
    actor         uuid not null references public.user_account (id),
    -- The hash of the session that it was begun in, and ends with. No foreign key: this row outlives it.
    actor_session bytea not null,
    actor_epoch   integer not null,
    subject       uuid not null references public.user_account (id),
    tenant_id     uuid references public.tenant (id),
    reason        text not null check (char_length(reason) between 3 and 500),
    started_at    timestamptz not null default now(),
    until         timestamptz not null,
    ended_at      timestamptz,
    end_cause     text,
    check (actor <> subject),
    check (until <= started_at + interval '30 minutes'),
    check ((ended_at is null) = (end_cause is null))
);
-- Depth one, and a double click makes one.
create unique index masquerade_open on public.masquerade (actor_session) where ended_at is null;
create index masquerade_until on public.masquerade (until) where ended_at is null;

-- The session of a masquerade is a second one, beside the actor's own.
alter table public.session add column masquerade_id uuid references public.masquerade (id);

-- The way of a masquerade from one host to another: a ticket, then a code that is bound to the browser. Each once.
create table public.handoff (
    code_hash     bytea primary key check (octet_length(code_hash) = 32),
    masquerade_id uuid not null references public.masquerade (id) on delete cascade,
    step          text not null check (step in ('TICKET', 'CODE')),
    nonce_hash    bytea check (octet_length(nonce_hash) = 32),
    expires_at    timestamptz not null,
    check ((step = 'CODE') = (nonce_hash is not null))
);

create table public.permission_grant (
    id         uuid primary key,
    grantor    uuid not null references public.user_account (id),
    grantee    uuid not null references public.user_account (id),
    tenant_id  uuid not null references public.tenant (id),
    action     text not null check (action ~ '^[a-z_]{1,40}$'),
    reason     text not null check (char_length(trim(reason)) between 1 and 500),
    starts_at  timestamptz not null default now(),
    ends_at    timestamptz not null,
    revoked_at timestamptz,
    revoked_by uuid references public.user_account (id),
    check (grantor <> grantee),
    check (ends_at > starts_at and ends_at <= starts_at + interval '30 minutes'),
    check ((revoked_at is null) = (revoked_by is null))
);
create index grant_of_grantee on public.permission_grant (grantee, ends_at);
create index grant_ends on public.permission_grant (ends_at desc, id);

create schema access;
grant usage on schema access to smoothschedule_app, smoothschedule_tenant;

-- Active is a question to the clock of the database, never a column. A grant is worth what its grantor may do now:
-- an owner in the own tenant, a manager or superuser of the platform anywhere.
create function access.is_active(g public.permission_grant) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as
$$
    select g.revoked_at is null and g.starts_at <= clock_timestamp() and clock_timestamp() < g.ends_at
       and exists (
           select 1 from public.user_account u
           where u.id = g.grantor and u.is_active
             and (u.role in ('SUPERUSER', 'PLATFORM_MANAGER') or (u.role = 'TENANT_OWNER' and u.tenant_id = g.tenant_id)))
$$;

-- Asked inside of the transaction that uses the grants; none of them can be revoked before it ends.
create function access.grants_hold(wanted uuid[], who uuid) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    held bigint;
begin
    perform 1 from public.permission_grant g where g.id = any (wanted) for share;
    select count(*) into held from public.permission_grant g
    where g.id = any (wanted) and g.grantee = who and access.is_active(g);
    return held = cardinality(wanted);
end
$$;
revoke all on function access.is_active(public.permission_grant) from public;
revoke all on function access.grants_hold(uuid[], uuid) from public;
grant execute on function access.is_active(public.permission_grant) to smoothschedule_app;
grant execute on function access.grants_hold(uuid[], uuid) to smoothschedule_app, smoothschedule_tenant;

alter table public.tenant
    add column suspended_at     timestamptz,
    add column suspended_reason text,
    add column closed_at        timestamptz;
create index tenant_by_name on public.tenant (lower(name), id);
create index tenant_by_age on public.tenant (created_at desc, id);
create index tenant_behind on public.tenant (schema_version);
create index tenant_expiry on public.tenant (expires_at) where is_temporary;

-- Counts that would ask every schema; the worker renews them.
create table public.tenant_stat (
    tenant_id    uuid primary key references public.tenant (id) on delete cascade,
    bookings_30d integer not null,
    measured_at  timestamptz not null default now()
);

-- A custom host is claimed first and proven after; several tenants may claim one, only one can prove it.
alter table public.domain
    add column id           uuid not null default gen_random_uuid(),
    add column challenge    text not null default '',
    add column state        text not null default 'PENDING'
        check (state in ('PENDING', 'VERIFYING', 'ACTIVE', 'MISCONFIGURED', 'ERROR', 'REMOVED')),
    add column found        text,
    add column checked_at   timestamptz,
    add column change_id    text,
    add column change_state text,
    add column removed_at   timestamptz;
update public.domain set state = 'ACTIVE' where verified_at is not null;
alter table public.domain drop constraint domain_pkey;
alter table public.domain add primary key (id);
create unique index domain_claim on public.domain (tenant_id, host) where removed_at is null;
create unique index domain_verified on public.domain (host) where verified_at is not null and removed_at is null;
create index domain_state on public.domain (state, host);

-- Letters, written in the transaction that causes them and sent after it.
create table public.mail (
    id         uuid primary key,
    tenant_id  uuid references public.tenant (id) on delete cascade,
    recipient  text not null,
    subject    text not null,
    body       text not null,
    created_at timestamptz not null default now(),
    attempts   integer not null default 0,
    next_at    timestamptz not null default now(),
    sent_at    timestamptz,
    error      text
);
create index mail_to_send on public.mail (next_at) where sent_at is null;

grant insert on public.user_account to smoothschedule_app;
grant update (name, email, password_hash, role, is_active, epoch, last_login_at) on public.user_account to smoothschedule_app;
grant select, insert, delete on public.user_link to smoothschedule_app;
grant select, insert, delete on public.login_failure to smoothschedule_app;
grant select, insert on public.masquerade to smoothschedule_app;
grant update (ended_at, end_cause) on public.masquerade to smoothschedule_app;
grant select, insert, delete on public.handoff to smoothschedule_app;
grant select, insert on public.permission_grant to smoothschedule_app;
grant update (revoked_at, revoked_by) on public.permission_grant to smoothschedule_app;
grant update (name, slug, tier, status, timezone, expires_at, suspended_at, suspended_reason, closed_at) on public.tenant to smoothschedule_app;
grant select, insert, update on public.tenant_stat to smoothschedule_app;
grant select, insert, update on public.domain to smoothschedule_app;
grant select, insert, update, delete on public.mail to smoothschedule_app;
