-- list_event_types: the types a tenant said something about, newest first.
-- params: tenant, at and id (after this row), limit
-- returns: EventTypeRow
select t.name as Name, t.description as Description, t.json_schema as JsonSchema, t.example as Example, t.validate_mode as ValidateMode,
  t.deprecated as Deprecated, t.redact as Redact, t.created_at as CreatedAt
from {t}webhook_event_type t
where t.tenant_id = @tenant and (t.created_at < @at or (t.created_at = @at and t.name < @id))
order by t.created_at desc, t.name desc
limit @limit
