-- 0007_audit: who read or changed the secrets of endpoints.

create table {t}webhook_audit (
  id text primary key,
  webhook_id text not null,
  at bigint not null,                       -- Unix ms
  actor text not null,
  action text not null                      -- secret.read, secret.rotated, secret.expired
);
create index ix_webhook_audit_list on {t}webhook_audit (webhook_id, at desc, id desc);
