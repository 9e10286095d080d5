namespace Jamail.Mail;

/// <summary>The names of all statements under sql/.</summary>
internal static class MailSql
{
    public const string ArchiveTemplate = "archive_template";
    public const string CancelMail = "cancel_mail";
    public const string ClaimMails = "claim_mails";
    public const string ConfirmJobs = "confirm_jobs";
    public const string DeleteCategory = "delete_category";
    public const string DeleteExpiredIdempotency = "delete_expired_idempotency";
    public const string EndWaiting = "end_waiting";
    public const string ExtendClaims = "extend_claims";
    public const string FindAttachments = "find_attachments";
    public const string FindEventsPosition = "find_events_position";
    public const string FindIdempotency = "find_idempotency";
    public const string FindMail = "find_mail";
    public const string FindTemplate = "find_template";
    public const string FindTemplateKey = "find_template_key";
    public const string FindUncertain = "find_uncertain";
    public const string FinishLostClaim = "finish_lost_claim";
    public const string FinishMail = "finish_mail";
    public const string FinishUnclaimed = "finish_unclaimed";
    public const string GetMail = "get_mail";
    public const string GiveUpExpiredClaim = "give_up_expired_claim";
    public const string InsertAttachment = "insert_attachment";
    public const string InsertAttempt = "insert_attempt";
    public const string InsertBatch = "insert_batch";
    public const string InsertEvent = "insert_event";
    public const string InsertIdempotency = "insert_idempotency";
    public const string InsertLogAttachment = "insert_log_attachment";
    public const string InsertMail = "insert_mail";
    public const string InsertMailBody = "insert_mail_body";
    public const string InsertTemplate = "insert_template";
    public const string InsertTemplateContent = "insert_template_content";
    public const string InsertTemplateVersion = "insert_template_version";
    public const string LeaseOverdueJobs = "lease_overdue_jobs";
    public const string LeaseWantedJobs = "lease_wanted_jobs";
    public const string ListAttachments = "list_attachments";
    public const string ListAttempts = "list_attempts";
    public const string ListCategories = "list_categories";
    public const string ListEvents = "list_events";
    public const string ListMails = "list_mails";
    public const string ListTemplates = "list_templates";
    public const string NextScheduled = "next_scheduled";
    public const string ReleaseClaim = "release_claim";
    public const string RenewLostJob = "renew_lost_job";
    public const string RescheduleMail = "reschedule_mail";
    public const string ResolveUncertain = "resolve_uncertain";
    public const string SaveCategory = "save_category";
    public const string SaveEventsPosition = "save_events_position";
    public const string SettleMail = "settle_mail";
    public const string UpdateTemplate = "update_template";
    public const string WantJobsAgain = "want_jobs_again";
}
