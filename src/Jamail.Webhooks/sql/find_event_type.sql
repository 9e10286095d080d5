-- find_event_type: what a tenant said about a type.
-- params: tenant, name
-- returns: EventTypeRow
select t.name as Name, t.description as Description, t.json_schema as JsonSchema, t.example as Example, t.validate_mode as ValidateMode,
  t.deprecated as Deprecated, t.redact as Redact, t.created_at as CreatedAt
from {t}webhook_event_type t
where t.tenant_id = @tenant and t.name = @name
