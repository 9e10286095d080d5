using System.Text;

namespace Jamail.Queueing;

/// <summary>Reads stored jobs as callers see them: members that are secret are masked, a hash without a name is no job.</summary>
internal sealed class JobDetailsReader(Inspection inspection, DataMask mask)
{
    public async Task<JobDetails?> TryReadAsync(JobId id)
    {
        var (job, state) = await inspection.GetJobAndStateAsync(id.Value).ConfigureAwait(false);
        return job?.Name is null ? null : Present(job, state);
    }

    /// <summary>From the first of the state's lists only, as Node's getters of ranges do.</summary>
    public async Task<IReadOnlyList<JobDetails>> ReadRangeAsync(JobState state, long start, int count, bool newestFirst)
    {
        var jobs = await inspection
            .GetJobsAsync(StateNames.Of(state)[0], start, start + count - 1, !newestFirst).ConfigureAwait(false);
        return [.. jobs.Where(job => job.Name is not null).Select(job => Present(job, state))];
    }

    /// <summary>From all lists of the state, one after the other; newest first when the jobs have finished.</summary>
    public async Task<JobPage> ReadPageAsync(JobState state, JobPosition start, int pageSize)
    {
        var ascending = state is not (JobState.Completed or JobState.Failed);
        var items = new List<JobDetails>();
        JobPosition? next = start;
        while (next is { } position && items.Count < pageSize)
        {
            var wanted = pageSize - items.Count;
            var ids = await inspection
                .GetRangeAsync(position.Name, position.Place, position.Place + wanted - 1, ascending).ConfigureAwait(false);
            var jobs = await Task.WhenAll(ids.Select(inspection.GetJobAsync)).ConfigureAwait(false);
            items.AddRange(jobs.Where(job => job?.Name is not null).Select(job => Present(job!, state)));
            next = ids.Count < wanted ? position.NextList() : position.Behind(ids.Count);
        }

        return new JobPage(items, next?.ToString());
    }

    private JobDetails Present(StoredJob job, JobState state) => new()
    {
        Id = JobId.Parse(job.Id),
        Name = job.Name ?? "",
        State = state,
        Data = mask.Apply(job.Data ?? "{}"u8.ToArray()),
        Options = Encoding.UTF8.GetString(job.Options ?? "{}"u8.ToArray()),
        Timestamp = Time(job.Timestamp) ?? DateTimeOffset.UnixEpoch,
        Delay = TimeSpan.FromMilliseconds(Math.Clamp(job.DelayMs, 0, (long)TimeSpan.MaxValue.TotalMilliseconds / 2)),
        Priority = job.Priority,
        AttemptsMade = job.AttemptsMade,
        AttemptsStarted = job.AttemptsStarted,
        StalledCount = job.StalledCount,
        ProcessedOn = Time(job.ProcessedOn),
        FinishedOn = Time(job.FinishedOn),
        ProcessedBy = job.ProcessedBy,
        ReturnValue = mask.Apply(job.ReturnValue),
        FailedReason = job.FailedReason,
        StackTraces = FailureText.Traces(job.StackTraceJson),
        Progress = mask.Apply(job.ProgressJson),
    };

    private static DateTimeOffset? Time(long ms) =>
        ms <= 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(ms, 253_402_300_799_999));
}
