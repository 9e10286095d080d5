namespace Jamail.Webhooks;

/// <summary>The names of all statements under sql/.</summary>
internal static class WebhookSql
{
    public const string ClaimDelivery = "claim_delivery";
    public const string ConfirmJobs = "confirm_jobs";
    public const string DeleteSecrets = "delete_secrets";
    public const string DiscardDeliveries = "discard_deliveries";
    public const string EndAttempt = "end_attempt";
    public const string FindBody = "find_body";
    public const string FindDelivery = "find_delivery";
    public const string FindEndpoint = "find_endpoint";
    public const string FindEndpointTenant = "find_endpoint_tenant";
    public const string FindEventByUid = "find_event_by_uid";
    public const string FinishDelivery = "finish_delivery";
    public const string InsertAttempt = "insert_attempt";
    public const string InsertDelivery = "insert_delivery";
    public const string InsertEndpoint = "insert_endpoint";
    public const string InsertEvent = "insert_event";
    public const string InsertSecret = "insert_secret";
    public const string LeaseOverdue = "lease_overdue";
    public const string LeaseWanted = "lease_wanted";
    public const string ListAttempts = "list_attempts";
    public const string ListDeliveries = "list_deliveries";
    public const string ListEndpoints = "list_endpoints";
    public const string ListSecrets = "list_secrets";
    public const string ListSubscribers = "list_subscribers";
    public const string LoadOutbox = "load_outbox";
    public const string LockDelivery = "lock_delivery";
    public const string ReadPosition = "read_position";
    public const string ResendDelivery = "resend_delivery";
    public const string SavePosition = "save_position";
    public const string SetEndpointStatus = "set_endpoint_status";
    public const string SettleDelivery = "settle_delivery";
    public const string UpdateEndpoint = "update_endpoint";
    public const string WantAgain = "want_again";
    public const string WantNewJob = "want_new_job";
}
