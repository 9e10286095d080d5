-- Suppression, unsubscribing, reports from outside; and how long what is kept is kept.

create table {t}mail_suppression (
  id text primary key,
  tenant_id text not null,
  scope text not null,                            -- * or a category
  address_hash blob not null,
  address text,                                   -- null when only the hash is known, or a person was erased
  reason text not null,                           -- hard_bounce soft_limit complaint unsubscribe manual list_import
  source text not null,
  log_id text,
  note text,
  created_at integer not null,
  expires_at integer);
create unique index ux_mail_suppression on {t}mail_suppression (tenant_id, address_hash, scope);
create index ix_mail_suppression_list on {t}mail_suppression (tenant_id, created_at desc, id desc);

create table {t}mail_unsubscribe_category (       -- which category an unsubscribe token means
  category_id blob primary key,
  tenant_id text not null,
  category text not null);

create table {t}mail_inbound (                    -- reports, once each; those that match no mail are kept for 30 days
  source text not null,
  event_id text not null,
  kind text not null,
  log_id text,
  detail text,
  received_at integer not null,
  primary key (source, event_id));
create index ix_mail_inbound_received on {t}mail_inbound (received_at);

alter table {t}mail_send_log add column body_until integer;         -- Unix ms; null: kept
alter table {t}mail_send_log add column log_until integer;
alter table {t}mail_send_log add column forced integer not null default 0;   -- 1: goes out in spite of a suppression
create index ix_mail_log_body_until on {t}mail_send_log (body_until) where body_until is not null;
create index ix_mail_log_log_until on {t}mail_send_log (log_until) where log_until is not null;
create index ix_mail_log_message on {t}mail_send_log (message_id);
