-- find_provider: a mail server by its name.
-- params: tenant, name text
select id, tenant_id as TenantId, name, settings, secret_enc as SecretEnc, max_concurrent as MaxConcurrent,
  rate_per_second as RatePerSecond, idempotent, status, status_reason as StatusReason, row_version as RowVersion,
  created_at as CreatedAt, updated_at as UpdatedAt
from {t}mail_provider where tenant_id = @tenant and name = @name
