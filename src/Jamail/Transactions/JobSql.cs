namespace Jamail;

/// <summary>The names of all statements under sql/.</summary>
internal static class JobSql
{
    public const string CleanSteps = "clean_steps";
    public const string ConfirmJobs = "confirm_jobs";
    public const string DeleteJob = "delete_job";
    public const string FinishStep = "finish_step";
    public const string InsertJob = "insert_job";
    public const string InsertStep = "insert_step";
    public const string LeaseOverdue = "lease_overdue";
    public const string LeaseWanted = "lease_wanted";
    public const string ListQueues = "list_queues";
    public const string LoadJobs = "load_jobs";
    public const string ReadStep = "read_step";
    public const string WantAgain = "want_again";
    public const string WantJob = "want_job";
}
