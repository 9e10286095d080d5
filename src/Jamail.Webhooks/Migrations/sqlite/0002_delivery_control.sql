-- 0002_delivery_control: what an endpoint may be told beyond address and events, what keeps it healthy, event types, ordering
-- lanes, tasks, idempotency keys, and what an attempt looked like on the wire.

alter table {t}webhook_endpoint add column uid text;                              -- the owner's own name for it
alter table {t}webhook_endpoint add column owner_email text;
alter table {t}webhook_endpoint add column channels text;                         -- JSON array; null = all
alter table {t}webhook_endpoint add column filter text;                           -- JSON Schema that a payload must keep; null = all
alter table {t}webhook_endpoint add column signature_profile integer;            -- null = the host's
alter table {t}webhook_endpoint add column headers_enc blob;                     -- static headers, JSON object, protected
alter table {t}webhook_endpoint add column retry_schedule text;                   -- compat, standard or waits; null = the host's
alter table {t}webhook_endpoint add column timeout_ms integer;
alter table {t}webhook_endpoint add column rate_per_second integer;
alter table {t}webhook_endpoint add column max_in_flight integer;
alter table {t}webhook_endpoint add column ordering integer not null default 0;  -- 0 none 1 endpoint 2 key
alter table {t}webhook_endpoint add column blocks integer not null default 0;    -- 1: an exhausted delivery stops its lane
alter table {t}webhook_endpoint add column consecutive_failures integer not null default 0;
alter table {t}webhook_endpoint add column failing_since integer;
alter table {t}webhook_endpoint add column last_success_at integer;
alter table {t}webhook_endpoint add column last_failure_at integer;
alter table {t}webhook_endpoint add column alert_step integer not null default 0;
create unique index ux_webhook_endpoint_uid on {t}webhook_endpoint (tenant_id, uid) where uid is not null and status <> 5;

alter table {t}webhook_event add column ordering_key text;
alter table {t}webhook_event add column channels text;                            -- JSON array; null = none
alter table {t}webhook_event add column tags text;                                -- JSON array; null = none
alter table {t}webhook_event add column payload_expires_at integer;
alter table {t}webhook_event add column is_expunged integer not null default 0;  -- 1: the payload is gone
alter table {t}webhook_event add column trace text;                               -- traceparent of the publisher
create index ix_webhook_event_expiry on {t}webhook_event (payload_expires_at) where is_expunged = 0;

alter table {t}webhook_delivery add column lane text;                             -- what keeps its order; null = none
alter table {t}webhook_delivery add column seq integer;                            -- place in the lane
alter table {t}webhook_delivery add column origin integer not null default 1;    -- 1 schedule 2 a person 3 recovery
alter table {t}webhook_delivery add column attempts_base integer not null default 0; -- attempts before the present schedule began
alter table {t}webhook_delivery add column not_before integer;                     -- the receiver's wish, beyond the schedule
create index ix_webhook_delivery_lane on {t}webhook_delivery (lane, seq) where lane is not null and status in (0, 2, 3);
create index ix_webhook_delivery_status on {t}webhook_delivery (webhook_id, status, created_at desc, id desc);
create index ix_webhook_delivery_age on {t}webhook_delivery (created_at);

create table {t}webhook_lane (
  lane text primary key,
  webhook_id text not null,
  last_seq integer not null,
  joined_at integer not null,                -- when the last delivery joined it
  blocked_by text                           -- the exhausted delivery that stops it
);
create index ix_webhook_lane_endpoint on {t}webhook_lane (webhook_id);
create index ix_webhook_lane_age on {t}webhook_lane (joined_at);

alter table {t}webhook_attempt add column origin integer not null default 1;
alter table {t}webhook_attempt add column ttfb_ms integer;
alter table {t}webhook_attempt add column request_headers text;                   -- JSON object, secrets masked
alter table {t}webhook_attempt add column response_headers text;                  -- JSON object, secrets masked
alter table {t}webhook_attempt add column response_truncated integer not null default 0;
create index ix_webhook_attempt_endpoint on {t}webhook_attempt (webhook_id, started_at desc);
create index ix_webhook_attempt_age on {t}webhook_attempt (started_at);

create table {t}webhook_event_type (
  tenant_id text not null,
  name text not null,
  description text not null,
  json_schema text,
  example text,
  validate_mode integer not null,          -- 0 off 1 warn 2 reject
  deprecated integer not null,
  redact text,                              -- JSON array of pointers; '*' stands for any member or item
  created_at integer not null,
  updated_at integer not null,
  primary key (tenant_id, name)
);

create table {t}webhook_task (
  id text primary key,
  tenant_id text not null,
  webhook_id text not null,
  kind integer not null,                   -- 1 recover 2 replay missing
  args text not null,
  status integer not null,                 -- 0 waiting or running 1 done
  total integer not null,
  done integer not null default 0,
  cursor_at integer not null,
  cursor_id text not null,
  due_at integer not null,                   -- from then on a host may go on with it
  created_at integer not null,
  updated_at integer not null
);
create index ix_webhook_task_due on {t}webhook_task (due_at) where status = 0;

create table {t}webhook_idempotency (
  tenant_id text not null,
  route text not null,
  key text not null,
  fingerprint blob not null,
  response text not null,
  expires_at integer not null,
  primary key (tenant_id, route, key)
);
create index ix_webhook_idempotency_expiry on {t}webhook_idempotency (expires_at);
