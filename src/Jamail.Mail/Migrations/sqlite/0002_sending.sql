-- Sending: categories and their policies, mail servers, and what the row of a mail needs to wait, to expire and to be in doubt.
-- Times are Unix ms, spans are ms.

create table {t}mail_category (
  tenant_id text not null,
  key text not null,
  priority integer not null,                      -- of the job; 0 goes first
  max_age integer not null,
  defer_schedule text not null,                   -- waits, as in 60000,300000; the last one repeats
  uncertain_policy integer not null,              -- 1 resend 2 hold 3 reconcile
  reconcile_wait integer not null,
  provider_route text not null,                   -- names of providers, one on each line; empty: the configured one
  unsubscribe integer not null,                   -- 0 none 1 one-click
  essential integer not null,                     -- 1: goes out in spite of an unsubscription
  log_days integer not null,
  body_days integer not null,
  updated_at integer not null,
  primary key (tenant_id, key));

create table {t}mail_provider (
  id text primary key,
  tenant_id text not null,
  name text not null,
  kind integer not null default 1,                -- 1 SMTP
  settings text not null,                         -- a JSON object, without secrets
  secret_enc blob,
  max_concurrent integer,                         -- over all hosts; null: no limit
  rate_per_second real,               -- over all hosts; null: no limit
  idempotent integer not null,                    -- 1: swallows a second copy with the same Message-ID
  status integer not null,                        -- 1 active 2 paused
  status_reason text,
  status_until integer,                            -- null: until somebody resumes it
  row_version integer not null default 1,
  created_at integer not null,
  updated_at integer not null);
create unique index ux_mail_provider_name on {t}mail_provider (tenant_id, name);

alter table {t}mail_send_log add column priority integer not null default 0;
alter table {t}mail_send_log add column scheduled_at integer;
alter table {t}mail_send_log add column expires_at integer;           -- null: never
alter table {t}mail_send_log add column next_attempt_at integer;      -- of a mail that waits, or is in doubt and will be sent again
alter table {t}mail_send_log add column deferrals integer not null default 0;
alter table {t}mail_send_log add column resends integer not null default 0;
alter table {t}mail_send_log add column provider text;               -- the name of the last one used
alter table {t}mail_send_log add column provider_message_id text;
alter table {t}mail_send_log add column delivered_at integer;
alter table {t}mail_send_log add column resend_of text;
-- status: 0 scheduled 1 queued 2 sending 3 deferred 4 retrying 5 sent 6 delivered 7 bounced 8 failed 9 uncertain 10 complained
--   11 suppressed 12 cancelled 13 expired
create index ix_mail_log_uncertain on {t}mail_send_log (tenant_id, queued_at) where status = 9;

alter table {t}mail_send_attempt add column provider text;

create table {t}mail_event (                      -- what is not to be read from the row itself
  id text primary key,
  log_id text not null,
  tenant_id text not null,
  type text not null,                             -- email.deferred, email.bounced, …
  occurred_at integer not null,
  source text not null,                           -- sending, hand, or the provider's name
  detail text);
create index ix_mail_event_log on {t}mail_event (log_id, id);

drop view {t}mail_send_log_compat;
create view {t}mail_send_log_compat as
  select id, coalesce(compat_id, id) as log_id, template_id, to_addr as recipient, subject, category,
    case when status in (5, 6, 10) then 'SENT' when status in (7, 8, 9, 11, 12, 13) then 'FAILED' else 'PENDING' end as status,
    attempts, status_reason as error,
    strftime('%Y-%m-%dT%H:%M:%fZ', queued_at / 1000.0, 'unixepoch') as queued_at,
    strftime('%Y-%m-%dT%H:%M:%fZ', sent_at / 1000.0, 'unixepoch') as sent_at
  from {t}mail_send_log;
