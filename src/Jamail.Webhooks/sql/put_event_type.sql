-- put_event_type: what a tenant says about a type now.
-- params: tenant, name, description, schema, example, mode, deprecated, redact, now
insert into {t}webhook_event_type (tenant_id, name, description, json_schema, example, validate_mode, deprecated, redact, created_at, updated_at)
values (@tenant, @name, @description, @schema, @example, @mode, @deprecated, @redact, @now, @now)
on conflict (tenant_id, name) do update
set description = excluded.description, json_schema = excluded.json_schema, example = excluded.example,
  validate_mode = excluded.validate_mode, deprecated = excluded.deprecated, redact = excluded.redact, updated_at = excluded.updated_at
