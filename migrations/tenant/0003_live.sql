-- What has changed in the calendar, for those who are looking at it: docs/decisions/0013-live-changes.md.
-- Kept for a day, then swept away; the history of each appointment stands in appointment_history.
create table change (
    id             bigint generated always as identity primary key,
    appointment_id uuid not null,
    -- Of the transaction that wrote it. Numbers are given out when a transaction first writes and not when it commits, so
    -- readers go by the oldest that was still running when they last looked, and miss nothing.
    xid            xid8 not null default pg_current_xact_id(),
    at             timestamptz not null default now()
);
create index change_by_transaction on change (xid);
create index change_by_age on change (at);
