-- save_provider: creates a mail server or changes it; one that is paused stays so.
-- params: the columns by their names in code
insert into {t}mail_provider (id, tenant_id, name, settings, secret_enc, max_concurrent, rate_per_second, idempotent, status,
  created_at, updated_at)
values (@Id, @TenantId, @Name, @Settings, @SecretEnc, @MaxConcurrent, @RatePerSecond, @Idempotent, 1, @UpdatedAt, @UpdatedAt)
on conflict (tenant_id, name) do update set settings = excluded.settings, secret_enc = excluded.secret_enc,
  max_concurrent = excluded.max_concurrent, rate_per_second = excluded.rate_per_second, idempotent = excluded.idempotent,
  row_version = mail_provider.row_version + 1, updated_at = excluded.updated_at
