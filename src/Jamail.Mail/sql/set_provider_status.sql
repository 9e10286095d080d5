-- set_provider_status: pauses a mail server, or resumes it.
-- params: tenant, name text, status int, reason text null, now bigint
update {t}mail_provider set status = @status, status_reason = @reason, row_version = row_version + 1, updated_at = @now
where tenant_id = @tenant and name = @name
