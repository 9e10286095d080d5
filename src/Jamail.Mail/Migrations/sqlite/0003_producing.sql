-- Producing: what a mail may carry beyond one recipient and its content: copies, files, tags, and the batch it came with.

alter table {t}mail_send_log add column cc text;                    -- a JSON list of addresses
alter table {t}mail_send_log add column bcc text;
alter table {t}mail_send_log add column tags text;                  -- a JSON list
alter table {t}mail_send_log add column metadata text;              -- a JSON object
alter table {t}mail_send_log add column locale text;
alter table {t}mail_send_log add column template_version integer;
alter table {t}mail_send_log add column batch_id text;
alter table {t}mail_send_log add column attachments integer not null default 0;
create index ix_mail_log_batch on {t}mail_send_log (batch_id, id) where batch_id is not null;
create index ix_mail_log_scheduled on {t}mail_send_log (scheduled_at) where status = 0;

create table {t}mail_attachment (                 -- the bytes of files, once for each content
  id text primary key,
  tenant_id text not null,
  sha256 blob not null,
  bytes integer not null,
  content blob not null,
  created_at integer not null,
  unique (tenant_id, sha256));

create table {t}mail_log_attachment (             -- which mail carries which file, and under which name
  log_id text not null,
  position integer not null,
  attachment_id text not null,
  file_name text not null,
  content_type text not null,
  content_id text,                                -- null: no inline image
  primary key (log_id, position));
create index ix_mail_log_attachment_file on {t}mail_log_attachment (attachment_id);

create table {t}mail_batch (
  id text primary key,
  tenant_id text not null,
  total integer not null,
  created_at integer not null);
