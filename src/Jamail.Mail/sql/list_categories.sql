-- list_categories: the saved categories of a tenant.
-- params: tenant text
select tenant_id as TenantId, key, priority, max_age as MaxAge, defer_schedule as DeferSchedule, uncertain_policy as UncertainPolicy,
  reconcile_wait as ReconcileWait, provider_route as ProviderRoute, unsubscribe, essential, log_days as LogDays, body_days as BodyDays,
  updated_at as UpdatedAt
from {t}mail_category where tenant_id = @tenant
