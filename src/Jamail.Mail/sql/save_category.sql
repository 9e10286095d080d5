-- save_category: creates a category or replaces it.
-- params: the columns by their names in code
insert into {t}mail_category (tenant_id, key, priority, max_age, defer_schedule, uncertain_policy, reconcile_wait, provider_route,
  unsubscribe, essential, log_days, body_days, updated_at)
values (@TenantId, @Key, @Priority, @MaxAge, @DeferSchedule, @UncertainPolicy, @ReconcileWait, @ProviderRoute, @Unsubscribe, @Essential,
  @LogDays, @BodyDays, @UpdatedAt)
on conflict (tenant_id, key) do update set priority = excluded.priority, max_age = excluded.max_age,
  defer_schedule = excluded.defer_schedule, uncertain_policy = excluded.uncertain_policy, reconcile_wait = excluded.reconcile_wait,
  provider_route = excluded.provider_route, unsubscribe = excluded.unsubscribe, essential = excluded.essential,
  log_days = excluded.log_days, body_days = excluded.body_days, updated_at = excluded.updated_at
