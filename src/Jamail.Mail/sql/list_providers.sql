-- list_providers: the mail servers of a tenant by name.
-- params: tenant text
select id, tenant_id as TenantId, name, settings, secret_enc as SecretEnc, max_concurrent as MaxConcurrent,
  rate_per_second as RatePerSecond, idempotent, status, status_reason as StatusReason, row_version as RowVersion,
  created_at as CreatedAt, updated_at as UpdatedAt
from {t}mail_provider where tenant_id = @tenant order by name
