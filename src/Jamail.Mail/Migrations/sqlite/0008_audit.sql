-- Audit: who changed templates, categories, mail servers and the suppression list, and sent on by force.

create table {t}mail_audit (
  id text primary key,
  tenant_id text not null,
  at integer not null,                              -- Unix ms
  actor text not null,
  action text not null,                            -- template.published, suppression.removed, …
  subject text not null,                           -- key, name, id or address; empty when the person was erased
  address_hash blob,                              -- of a subject that is an address
  detail text);
create index ix_mail_audit_list on {t}mail_audit (tenant_id, at desc, id desc);
create index ix_mail_audit_address on {t}mail_audit (address_hash) where address_hash is not null;
