namespace Jamail.Queueing;

/// <summary>Looks into one queue and steers it.</summary>
public interface IJobQueueInspector
{
    /// <summary>The queue's name.</summary>
    QueueName Name { get; }

    /// <summary>Counts the jobs in each state.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The counts, taken at one moment.</returns>
    Task<JobCounts> GetCountsAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The job; <see langword="null"/> when there is none with this id.</returns>
    Task<JobDetails?> TryGetJobAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Reads jobs in one state, a page at a time.</summary>
    /// <param name="state">Any state but <see cref="JobState.Unknown"/>.</param>
    /// <param name="cursor"><see cref="JobPage.Next"/> of the page before; <see langword="null"/> for the first.</param>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The page.</returns>
    Task<JobPage> GetJobsAsync(
        JobState state,
        string? cursor = null,
        int pageSize = 50,
        CancellationToken cancellationToken = default);

    /// <summary>Tells where a job is.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state; <see cref="JobState.Unknown"/> when the job is nowhere.</returns>
    Task<JobState> GetStateAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Reads the log rows of a job, oldest first.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The rows; empty when there are none.</returns>
    Task<IReadOnlyList<string>> GetLogsAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Tells whether the queue is paused for all its workers.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="true"/> when paused.</returns>
    Task<bool> IsPausedAsync(CancellationToken cancellationToken = default);

    /// <summary>Pauses the queue for all its workers; running jobs go on. Pausing a paused queue changes nothing.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is paused.</returns>
    Task PauseAsync(CancellationToken cancellationToken = default);

    /// <summary>Resumes the queue, whichever client paused it; nothing that waits is lost.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is resumed.</returns>
    Task ResumeAsync(CancellationToken cancellationToken = default);

    /// <summary>Puts a finished job back to run again.</summary>
    /// <param name="id">A failed or completed job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it waits again.</returns>
    /// <exception cref="JobQueueException">The job does not exist, or has not finished.</exception>
    Task RetryAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Makes a delayed job ready now.</summary>
    /// <param name="id">A delayed job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is ready.</returns>
    /// <exception cref="JobQueueException">The job is not delayed.</exception>
    Task PromoteAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Counts the jobs that are ready by their priority.</summary>
    /// <param name="priorities">0 for those without one, to 2,097,151; at least one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>One count for each priority, taken at one moment.</returns>
    Task<IReadOnlyDictionary<int, long>> GetCountsByPriorityAsync(
        IReadOnlyList<int> priorities, CancellationToken cancellationToken = default);

    /// <summary>Gives a job another priority. One that waits moves to its new place; of any other the number changes.</summary>
    /// <param name="id">The job.</param>
    /// <param name="priority">0 (none) to 2,097,151; 1 runs first of those with a priority.</param>
    /// <param name="lifo">Whether it goes in front of the jobs with the same priority instead of behind them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is changed.</returns>
    /// <exception cref="ArgumentException">The priority is out of range; nothing was sent.</exception>
    /// <exception cref="JobQueueException">The job does not exist.</exception>
    Task ChangePriorityAsync(JobId id, int priority, bool lifo = false, CancellationToken cancellationToken = default);

    /// <summary>Makes a delayed job due at another time.</summary>
    /// <param name="id">A delayed job.</param>
    /// <param name="delay">Measured from now; zero or more, whole milliseconds on the wire.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it is changed.</returns>
    /// <exception cref="ArgumentException">The delay is negative; nothing was sent.</exception>
    /// <exception cref="JobQueueException">The job does not exist, or is not delayed.</exception>
    Task ChangeDelayAsync(JobId id, TimeSpan delay, CancellationToken cancellationToken = default);

    /// <summary>Tells which job counts for a <see cref="Deduplication.Id"/>.</summary>
    /// <param name="deduplicationId">What makes jobs the same.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The job; <see langword="null"/> when none does, and the next one will be added.</returns>
    Task<JobId?> TryGetDuplicatedJobAsync(string deduplicationId, CancellationToken cancellationToken = default);

    /// <summary>Lets the next job with a <see cref="Deduplication.Id"/> be added, whatever was added before.</summary>
    /// <param name="deduplicationId">What makes jobs the same.</param>
    /// <param name="onlyFor">Only while this job counts for it; <see langword="null"/>: whichever does.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when there was nothing to release.</returns>
    Task<bool> ReleaseDeduplicationAsync(
        string deduplicationId, JobId? onlyFor = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces the payload of a job, in whatever state it is. An attempt that is under way keeps what it was given; the next one gets the
    /// new payload.
    /// </summary>
    /// <typeparam name="TPayload">What the job carries; <see cref="RawJson"/> for JSON as it is.</typeparam>
    /// <param name="id">The job.</param>
    /// <param name="payload">What it is to carry.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when there is no such job.</returns>
    Task<bool> UpdatePayloadAsync<TPayload>(JobId id, TPayload payload, CancellationToken cancellationToken = default);

    /// <summary>Removes a job and, in a flow, its children.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="false"/> when the job, or a child of it, is being processed; nothing is removed then.</returns>
    /// <exception cref="JobQueueException">The job is the next run of a scheduler.</exception>
    Task<bool> RemoveAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops a job wherever it is. One that waits never starts. One that runs on a Jamail worker of any process has its token
    /// fired within a second, and ends as <paramref name="then"/> says when its processor returns; a processor that completes
    /// nevertheless has completed it. Node workers do not know of it; their job is stopped if it comes to a Jamail worker later.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="reason">Becomes the job's failed reason, after "Cancelled: ". No secrets.</param>
    /// <param name="then">What becomes of the job.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What state the job was met in.</returns>
    /// <exception cref="JobQueueException">
    /// The job does not exist or is the next run of a scheduler; or it is to be removed and a child of it runs.
    /// </exception>
    Task<JobCancelResult> CancelAsync(
        JobId id, string reason, AfterCancel then = AfterCancel.Fail, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the queue's epoch: a random text that stands in Redis from the first host on. A new one means that Redis
    /// lost its memory, and with it the queue's jobs.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The epoch; made when there is none yet.</returns>
    Task<string> GetEpochAsync(CancellationToken cancellationToken = default);

    /// <summary>Ties the queue to the database its rows are in, unless it is tied already.</summary>
    /// <param name="databaseId">Names the database; not a secret.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The database the queue is tied to: another one than asked for means that its jobs belong to another system.</returns>
    Task<string> ClaimForDatabaseAsync(string databaseId, CancellationToken cancellationToken = default);

    /// <summary>Reads which jobs ended, from the queue's event stream; only its newest part is kept (<see cref="QueueingOptions.MaxEvents"/>).</summary>
    /// <param name="after"><see cref="FinishedJobPage.Position"/> of the page before; <see langword="null"/> from the beginning.</param>
    /// <param name="limit">How many events are looked at, 1 to 10,000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The jobs; those that are already gone are told too.</returns>
    Task<FinishedJobPage> GetFinishedAsync(string? after, int limit = 1000, CancellationToken cancellationToken = default);

    /// <summary>Reads some jobs in one state, as of one moment. Ids without a job behind them are passed over.</summary>
    /// <param name="state">Any state but <see cref="JobState.Unknown"/>. Waiting jobs that a pause of 5.x put aside are left out; <see cref="GetJobsAsync"/> has them.</param>
    /// <param name="start">The first, counting from 0.</param>
    /// <param name="count">How many, 1 to 1000.</param>
    /// <param name="newestFirst">
    /// The other way round: <see langword="false"/> begins with the job that runs next, or that finished longest ago.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The jobs.</returns>
    Task<IReadOnlyList<JobDetails>> GetRangeAsync(
        JobState state, long start, int count, bool newestFirst = false, CancellationToken cancellationToken = default);

    /// <summary>Reads some rows of a job's log.</summary>
    /// <param name="id">The job.</param>
    /// <param name="start">The first row, counting from 0.</param>
    /// <param name="count">How many, 1 to 1000.</param>
    /// <param name="newestFirst">Counts and reads from the newest row.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The rows, and how many there are in all.</returns>
    Task<JobLogs> GetLogsAsync(
        JobId id, long start, int count, bool newestFirst = false, CancellationToken cancellationToken = default);

    /// <summary>Reads how many jobs finished, as workers count them that collect metrics.</summary>
    /// <param name="state"><see cref="JobState.Completed"/> or <see cref="JobState.Failed"/>.</param>
    /// <param name="minutes">Of how many minutes at most, 1 to 100,000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The metrics; all zero when nobody counts.</returns>
    Task<JobMetrics> GetMetricsAsync(JobState state, int minutes = 60, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the queue's figures in the text format of Prometheus: gauge <c>bullmq_job_count</c> by state, counters
    /// <c>bullmq_job_completed_total</c> and <c>bullmq_job_failed_total</c> (zero when nobody counts), as Node exports them.
    /// </summary>
    /// <param name="labels">Further labels of every line; <see langword="null"/>: none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The text.</returns>
    Task<string> GetPrometheusTextAsync(
        IReadOnlyDictionary<string, string>? labels = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the workers of the queue that are connected, of every language.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The workers; one entry for each of their connections that wait for work.</returns>
    /// <exception cref="JobQueueException">The server does not let us list its clients.</exception>
    Task<IReadOnlyList<WorkerInfo>> GetWorkersAsync(CancellationToken cancellationToken = default);
}
