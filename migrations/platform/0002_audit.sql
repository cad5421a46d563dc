-- What was done, by whom: rows are only ever added, and only through audit.append().

create schema audit;

create table audit.event (
    id         bigint generated always as identity primary key,
    -- Null: the platform's own stream.
    tenant_id  uuid,
    at         timestamptz not null,
    actor      uuid,
    action     text not null,
    target     text not null,
    detail     text not null,
    ip         text,
    request_id text
);
create index event_stream on audit.event (tenant_id, id);

-- The tenant is read off the role of the transaction, so that one tenant cannot write into another's stream.
create function audit.append(actor uuid, action text, target text, detail text, ip text, request_id text)
    returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    acting text := current_setting('role');
    stream uuid;
    added  bigint;
begin
    if acting <> 'none' then
        select t.id into strict stream from public.tenant t where t.schema_name = acting;
    end if;
    insert into audit.event (tenant_id, at, actor, action, target, detail, ip, request_id)
    values (stream, clock_timestamp(), actor, action, target, detail, ip, request_id)
    returning id into added;
    return added;
end
$$;

revoke all on function audit.append(uuid, text, text, text, text, text) from public;
grant usage on schema audit to smoothschedule_app, smoothschedule_tenant;
grant execute on function audit.append(uuid, text, text, text, text, text) to smoothschedule_app, smoothschedule_tenant;
