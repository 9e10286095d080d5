-- 0001_webhooks: endpoints, their secrets, events, deliveries and attempts. Times are Unix ms, ids UUIDs as text.

create table {t}webhook_endpoint (
  id text primary key,
  tenant_id text not null,
  url text not null,
  description text not null,
  event_types text not null,                -- JSON array; ["*"] = all
  status smallint not null,                 -- 1 active 2 paused 3 disabled 4 gone 5 deleted
  disabled_reason text,
  version integer not null default 1,
  created_at bigint not null,
  updated_at bigint not null
);
create index ix_webhook_endpoint_list on {t}webhook_endpoint (tenant_id, created_at desc, id desc);

create table {t}webhook_secret (
  id text primary key,
  webhook_id text not null,
  kind smallint not null,                   -- 1 hmac
  key_enc bytea not null,
  created_at bigint not null,
  expires_at bigint                         -- null = current
);
create index ix_webhook_secret_webhook on {t}webhook_secret (webhook_id);
create unique index ux_webhook_secret_current on {t}webhook_secret (webhook_id) where expires_at is null;

create table {t}webhook_event (
  id text primary key,
  tenant_id text not null,
  event_type text not null,
  event_uid text,
  occurred_at bigint not null,
  created_at bigint not null,
  body text not null,                       -- the bytes that are sent; never a JSON type, which would change them
  body_sha256 bytea not null,
  body_bytes integer not null
);
create unique index ux_webhook_event_uid on {t}webhook_event (tenant_id, event_uid) where event_uid is not null;
create index ix_webhook_event_list on {t}webhook_event (tenant_id, created_at desc, id desc);

create table {t}webhook_delivery (
  id text primary key,
  compat_id text,                           -- the id a producer in another language gave, when it is no UUID
  event_id text not null,
  webhook_id text not null,
  tenant_id text not null,
  event_type text not null,
  status smallint not null,                 -- 0 pending 2 sending 3 retrying 4 succeeded 5 exhausted 6 skipped 7 discarded 8 cancelled
  attempts integer not null default 0,
  next_attempt_at bigint,
  last_status_code integer,
  last_error_class text,
  claim_token text,
  claim_until bigint,
  job_state smallint not null,              -- 0 none wanted 1 wanted 2 confirmed
  job_seq integer not null default 1,
  job_epoch text,
  job_due_at bigint not null,
  job_wanted_at bigint not null,            -- what the queue tells about earlier jobs does not count
  resend smallint not null default 0,       -- 1: the next job makes one attempt only
  created_at bigint not null,
  completed_at bigint
);
create index ix_webhook_delivery_endpoint on {t}webhook_delivery (webhook_id, created_at desc, id desc);
create index ix_webhook_delivery_event on {t}webhook_delivery (event_id);
create index ix_webhook_delivery_job on {t}webhook_delivery (job_state, job_due_at) where job_state <> 0;

create table {t}webhook_attempt (
  id text primary key,
  delivery_id text not null,
  webhook_id text not null,
  event_id text not null,
  attempt_no integer not null,
  url text not null,
  started_at bigint not null,
  duration_ms integer not null,
  status_code integer,
  outcome smallint not null,                -- 1 success 2 retry 3 give up 4 blocked
  error_class text,
  error text,
  response_body text,
  next_attempt_at bigint,
  worker text
);
create index ix_webhook_attempt_delivery on {t}webhook_attempt (delivery_id, attempt_no);

create table {t}webhook_queue_position (
  name text primary key,
  position text not null
);
