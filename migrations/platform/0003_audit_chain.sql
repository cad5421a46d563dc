-- The audit as a chain: each event carries the hash of the one before it in its stream, so that what is edited,
-- removed or put in another order is found (`smoothschedule audit verify`). A stream is a tenant's, or the
-- platform's own (the nil uuid).

alter table audit.event rename to event_before;
drop function audit.append(uuid, text, text, text, text, text);

-- The last link of each stream. Locked for each event, so a chain cannot fork.
create table audit.head (
    stream uuid primary key,
    seq    bigint not null,
    hash   bytea not null
);

-- The last line of each log file. Locked before the stream's head, so the lines of a file have no gaps and stand in
-- the order in which their transactions ended.
create table audit.log_head (
    log text primary key,
    seq bigint not null
);
insert into audit.log_head (log, seq) values ('masquerade', 0), ('security', 0);

create table audit.event (
    stream        uuid not null,
    seq           bigint not null check (seq > 0),
    -- Microseconds, which is what this column keeps: the hash can be made again from the row.
    at            timestamptz not null,
    action        text not null,
    -- Who did it; null for a visitor or the system. While masquerading the one who really sat there.
    actor         uuid,
    actor_email   text,
    -- Who was acted as, or whom it was done to.
    subject       uuid,
    subject_email text,
    target        text not null,
    detail        text not null,
    reason        text,
    cause         text,
    masquerade    uuid,
    -- A shortened hash; nobody can sign in with it.
    session_key   text,
    ip            text,
    request_id    text,
    -- The log file that shows it, and its line there.
    log           text,
    log_seq       bigint,
    prev          bytea not null,
    hash          bytea not null,
    primary key (stream, seq),
    unique (log, log_seq),
    check ((log is null) = (log_seq is null))
);
create index event_at on audit.event (at desc, stream, seq);
create index event_actor on audit.event (actor, at desc) where actor is not null;
create index event_subject on audit.event (subject, at desc) where subject is not null;
create index event_action on audit.event (action, at desc);

-- SHA-256 over the hash before and all fields, each with its length, so that no two rows read alike. The same is
-- computed in server/src/audit/chain.rs.
create function audit.digest(e audit.event) returns bytea
    language sql stable set search_path = pg_catalog, pg_temp as
$$
    select sha256(e.prev || convert_to(string_agg(coalesce(octet_length(f.v)::text || ':' || f.v, '-'), ',' order by f.n), 'UTF8'))
    from unnest(array[
        e.stream::text, e.seq::text, (extract(epoch from e.at) * 1000000)::bigint::text, e.action,
        e.actor::text, e.actor_email, e.subject::text, e.subject_email, e.target, e.detail, e.reason, e.cause,
        e.masquerade::text, e.session_key, e.ip, e.request_id, e.log, e.log_seq::text
    ]) with ordinality as f (v, n)
$$;

create function audit.add(e audit.event) returns bigint
    language plpgsql set search_path = pg_catalog, pg_temp as
$$
declare
    head audit.head;
begin
    if e.log is not null then
        update audit.log_head set seq = seq + 1 where log = e.log returning seq into strict e.log_seq;
    end if;
    insert into audit.head (stream, seq, hash) values (e.stream, 0, '\x') on conflict do nothing;
    select h.stream, h.seq, h.hash into strict head from audit.head h where h.stream = e.stream for update;
    e.seq := head.seq + 1;
    e.prev := head.hash;
    e.hash := audit.digest(e);
    insert into audit.event select e.*;
    update audit.head set seq = e.seq, hash = e.hash where stream = e.stream;
    return e.seq;
end
$$;

-- A transaction in a tenant's role writes to that tenant's stream, whatever it says. The server's own login names
-- the tenant that an event of the platform concerns.
create function audit.append(
    tenant uuid, action text, actor uuid, subject uuid, target text, detail text, reason text, cause text,
    masquerade uuid, session_key text, ip text, request_id text, log text)
    returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    acting text := current_setting('role');
    e audit.event;
begin
    if acting <> 'none' then
        select t.id into strict e.stream from public.tenant t where t.schema_name = acting;
    else
        e.stream := coalesce(append.tenant, '00000000-0000-0000-0000-000000000000');
    end if;
    e.at := clock_timestamp();
    e.action := append.action;
    e.actor := append.actor;
    select u.email into e.actor_email from public.user_account u where u.id = append.actor;
    e.subject := append.subject;
    select u.email into e.subject_email from public.user_account u where u.id = append.subject;
    e.target := append.target;
    e.detail := append.detail;
    e.reason := append.reason;
    e.cause := append.cause;
    e.masquerade := append.masquerade;
    e.session_key := append.session_key;
    e.ip := append.ip;
    e.request_id := append.request_id;
    e.log := append.log;
    return audit.add(e);
end
$$;

do $$
declare
    old audit.event_before;
    e audit.event;
begin
    for old in select b.id, b.tenant_id, b.at, b.actor, b.action, b.target, b.detail, b.ip, b.request_id from audit.event_before b order by b.id loop
        e := null;
        e.stream := coalesce(old.tenant_id, '00000000-0000-0000-0000-000000000000');
        e.at := old.at; e.action := old.action; e.actor := old.actor; e.target := old.target; e.detail := old.detail;
        e.ip := old.ip; e.request_id := old.request_id;
        select u.email into e.actor_email from public.user_account u where u.id = old.actor;
        perform audit.add(e);
    end loop;
end
$$;
drop table audit.event_before;

-- What a tenant's own role may read: its stream alone.
create function audit.own_stream() returns uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select t.id from public.tenant t where t.schema_name = current_setting('role') $$;
create view audit.own with (security_barrier) as
    select stream, seq, at, action, actor, actor_email, subject, subject_email, target, detail, reason, cause, masquerade, session_key,
           ip, request_id, log, log_seq, prev, hash
    from audit.event where stream = (select audit.own_stream());

revoke all on function audit.digest(audit.event) from public;
revoke all on function audit.add(audit.event) from public;
revoke all on function audit.own_stream() from public;
revoke all on function audit.append(uuid, text, uuid, uuid, text, text, text, text, uuid, text, text, text, text) from public;
grant execute on function audit.append(uuid, text, uuid, uuid, text, text, text, text, uuid, text, text, text, text)
    to smoothschedule_app, smoothschedule_tenant;
grant execute on function audit.own_stream() to smoothschedule_tenant;
grant select on audit.own to smoothschedule_tenant;
grant select on audit.event, audit.head to smoothschedule_app;
