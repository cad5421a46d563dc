-- Customers sign up with each business on its own: docs/decisions/0010-customers.md.

-- Whoever works for a business or the platform has one login by an address. A customer has one with each business, and
-- may work for another, or for the platform.
drop index public.user_account_email;
create unique index user_account_email on public.user_account (lower(email)) where role <> 'CUSTOMER';
-- On one business's host an address is one person.
create unique index user_account_email_of_tenant on public.user_account (tenant_id, lower(email)) where tenant_id is not null;
create index user_by_email on public.user_account (lower(email));

-- LOGIN lets in once, EMAIL proves the address that is to take the place of the one before.
alter table public.user_link
    drop constraint user_link_purpose_check,
    add column email text check (char_length(email) <= 254),
    add constraint user_link_purpose_check check (purpose in ('INVITATION', 'RESET', 'LOGIN', 'EMAIL')),
    add constraint user_link_email check ((purpose = 'EMAIL') = (email is not null));

-- Who asked for a login and has not proven the address yet. It becomes a person by the link in the letter, and nothing
-- stays of it otherwise.
create table public.sign_up (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    tenant_id  uuid not null references public.tenant (id) on delete cascade,
    email      text not null check (char_length(email) <= 254),
    name       text not null check (char_length(name) between 1 and 120),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index sign_up_of_email on public.sign_up (tenant_id, lower(email), created_at);
create index sign_up_expiry on public.sign_up (expires_at);

grant select, insert, delete on public.sign_up to smoothschedule_app;
