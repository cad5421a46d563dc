-- Letters about appointments: what they are about, how they look, when they are due, and why one was never sent.

alter table public.mail
    add column kind              text not null default 'ACCOUNT' check (kind in (
        'ACCOUNT', 'BOOKED', 'REQUESTED', 'CONFIRMED', 'DECLINED', 'MOVED', 'CANCELLED', 'REMINDER')),
    -- The same as `body`, for programs that show more than text; null: there is only the text.
    add column html              text,
    -- Where answers go; null: nowhere but to the sender.
    add column reply_to          text,
    -- A calendar file, and what a calendar is to do with it.
    add column calendar          text,
    add column calendar_method   text check (calendar_method in ('REQUEST', 'CANCEL')),
    -- What it is about, in the tenant's own schema, and as of which version.
    add column appointment_id    uuid,
    add column version           integer,
    -- When it is to go out; null: at once.
    add column due_at            timestamptz,
    -- From when on it is of no use; null: never.
    add column until             timestamptz,
    -- It will not be sent any more, and why.
    add column void_at           timestamptz,
    add column void_reason       text,
    -- Minus infinity is at once, whatever clock the asking server goes by.
    alter column next_at set default '-infinity',
    add constraint mail_calendar check ((calendar is null) = (calendar_method is null)),
    add constraint mail_about check (
        (kind = 'ACCOUNT') = (appointment_id is null) and (appointment_id is null) = (version is null)
        and (appointment_id is null or tenant_id is not null)),
    add constraint mail_void check ((void_at is null) = (void_reason is null) and (void_at is null or sent_at is null));
-- However often a booking is written about, each thing is said once.
create unique index mail_once on public.mail (tenant_id, appointment_id, version, kind) where appointment_id is not null;
drop index public.mail_to_send;
create index mail_to_send on public.mail (next_at, id) where sent_at is null and void_at is null;
create index mail_done on public.mail (coalesce(sent_at, void_at)) where sent_at is not null or void_at is not null;

create schema outbox;
grant usage on schema outbox to smoothschedule_tenant;

-- The tenant is read off the role of the transaction, so that one tenant cannot write in another's name.
create function outbox.own_tenant() returns uuid
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp as
$$
declare
    own uuid;
begin
    select t.id into strict own from public.tenant t where t.schema_name = current_setting('role');
    return own;
end
$$;

-- A letter about an appointment of the acting tenant. Tells whether it is new.
create function outbox.post(
    id uuid, kind text, appointment uuid, version integer, recipient text, reply_to text, subject text, body text, html text,
    calendar text, calendar_method text, due_at timestamptz, until timestamptz)
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
#variable_conflict use_column
begin
    insert into public.mail (id, tenant_id, kind, appointment_id, version, recipient, reply_to, subject, body, html, calendar,
                             calendar_method, due_at, until, next_at)
    values (post.id, outbox.own_tenant(), post.kind, post.appointment, post.version, post.recipient, post.reply_to, post.subject,
            post.body, post.html, post.calendar, post.calendar_method, post.due_at, post.until, coalesce(post.due_at, '-infinity'))
    on conflict (tenant_id, appointment_id, version, kind) where appointment_id is not null do nothing;
    return found;
end
$$;

-- Nothing goes out any more about versions of an appointment before this one. What is on its way in this very moment
-- is passed by: whoever changes an appointment does not wait for a mail server.
create function outbox.withdraw(appointment uuid, before integer, reason text) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    withdrawn bigint;
begin
    update public.mail m set void_at = now(), void_reason = withdraw.reason
    where m.id in (
        select o.id from public.mail o
        where o.tenant_id = outbox.own_tenant() and o.appointment_id = withdraw.appointment and o.version < withdraw.before
          and o.sent_at is null and o.void_at is null
        for update skip locked);
    get diagnostics withdrawn = row_count;
    return withdrawn;
end
$$;

-- Letters carry a name and an address: whoever has them deleted has them deleted here, too.
create function outbox.forget(appointments uuid[]) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    forgotten bigint;
begin
    delete from public.mail m where m.tenant_id = outbox.own_tenant() and m.appointment_id = any (forget.appointments);
    get diagnostics forgotten = row_count;
    return forgotten;
end
$$;

revoke all on function outbox.own_tenant() from public;
revoke all on function outbox.post(uuid, text, uuid, integer, text, text, text, text, text, text, text, timestamptz, timestamptz) from public;
revoke all on function outbox.withdraw(uuid, integer, text) from public;
revoke all on function outbox.forget(uuid[]) from public;
grant execute on function outbox.post(uuid, text, uuid, integer, text, text, text, text, text, text, text, timestamptz, timestamptz)
    to smoothschedule_tenant;
grant execute on function outbox.withdraw(uuid, integer, text) to smoothschedule_tenant;
grant execute on function outbox.forget(uuid[]) to smoothschedule_tenant;
