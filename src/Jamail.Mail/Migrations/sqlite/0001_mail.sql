-- Templates, the send log with its content and attempts, idempotency keys. Times are Unix ms; ids are UUIDs as text.

create table {t}mail_template (
  id text primary key,
  tenant_id text not null,
  key text not null,
  kind integer not null default 1,                -- 1 mail
  name text not null,
  category text not null,
  current_version integer not null,
  archived_at integer,
  row_version integer not null default 1,
  created_at integer not null,
  updated_at integer not null);
create unique index ux_mail_template_key on {t}mail_template (tenant_id, kind, key) where archived_at is null;
create index ix_mail_template_list on {t}mail_template (tenant_id, created_at desc, id desc);

create table {t}mail_template_version (           -- never changed once it is there
  id text primary key,
  template_id text not null references {t}mail_template (id),
  version integer not null,
  engine text not null,
  content_sha256 blob not null,
  published_at integer not null,
  created_at integer not null,
  unique (template_id, version));

create table {t}mail_template_content (
  version_id text not null references {t}mail_template_version (id) on delete cascade,
  locale text not null,
  subject text not null,
  html text not null,
  text text,
  primary key (version_id, locale));

create table {t}mail_send_log (
  id text primary key,
  tenant_id text not null,
  compat_id text,                                 -- the producer's own id where that is no UUID
  template_id text,
  template_version_id text,
  template_key text,
  category text not null,
  from_addr text not null,
  to_addr text not null,
  to_hash blob not null,
  to_domain text not null,
  reply_to text,
  subject text not null,
  message_id text not null,
  status integer not null,                        -- 1 queued 2 sending 4 retrying 5 sent 8 failed 9 uncertain
  status_reason text,
  smtp_code integer,
  enhanced_code text,
  smtp_text text,
  maybe_duplicate integer not null default 0,
  attempts integer not null default 0,
  claim_token text,
  claim_until integer,
  claim_worker text,
  queued_at integer not null,
  sent_at integer,
  completed_at integer,
  updated_at integer not null,
  job_state integer not null,                     -- 0 none wanted 1 wanted 2 confirmed
  job_seq integer not null default 1,
  job_key text,                                   -- the job's id where it is not made of id and job_seq
  job_epoch text,
  job_due_at integer not null default 0);
create index ix_mail_log_list on {t}mail_send_log (tenant_id, queued_at desc, id desc);
create index ix_mail_log_to on {t}mail_send_log (to_hash, queued_at desc);
create index ix_mail_log_compat on {t}mail_send_log (tenant_id, compat_id) where compat_id is not null;
create index ix_mail_log_job on {t}mail_send_log (job_state, job_due_at) where job_state > 0;

create table {t}mail_body (
  id text primary key,
  encoding integer not null default 0,            -- 0 plain text
  html text not null,
  text text,
  headers text);                                  -- a JSON object

create table {t}mail_send_attempt (
  id text primary key,
  log_id text not null,
  attempt_no integer not null,
  worker text not null,
  started_at integer not null,
  duration_ms integer not null,
  phase integer not null,                         -- 0 lease 1 connect 2 tls 3 auth 4 mail 5 rcpt 6 data 7 content 8 dot 9 reply
  outcome integer not null,                       -- 0 sent 1 deferred 2 retry 3 bounced 4 failed 5 uncertain
  smtp_code integer,
  enhanced_code text,
  reply text,
  error_class text,
  connection_use integer not null,
  tls text);
create index ix_mail_attempt_log on {t}mail_send_attempt (log_id, id);

create table {t}mail_idempotency (
  tenant_id text not null,
  route text not null,
  key text not null,
  fingerprint blob not null,
  response text not null,
  expires_at integer not null,
  primary key (tenant_id, route, key));
create index ix_mail_idempotency_expiry on {t}mail_idempotency (expires_at);

create table {t}mail_queue (
  queue text primary key,
  events_position text not null);

create view {t}mail_send_log_compat as
  select id, coalesce(compat_id, id) as log_id, template_id, to_addr as recipient, subject, category,
    case when status = 5 then 'SENT' when status in (8, 9) then 'FAILED' else 'PENDING' end as status,
    attempts, status_reason as error,
    strftime('%Y-%m-%dT%H:%M:%fZ', queued_at / 1000.0, 'unixepoch') as queued_at,
    strftime('%Y-%m-%dT%H:%M:%fZ', sent_at / 1000.0, 'unixepoch') as sent_at
  from {t}mail_send_log;
