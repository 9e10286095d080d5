using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Looks up how jobs ended.</summary>
internal sealed class FinishedJobs(QueueKeys keys, ScriptRunner runner, RedisCalls calls)
{
    private const int PageSize = 1000;

    private readonly LuaScript _isFinished = runner.Scripts["isFinished"];

    /// <summary>The position of the newest event.</summary>
    public Task<string> NewestPositionAsync(CancellationToken cancellationToken) =>
        calls.RunAsync(database => EventStream.NewestAsync(database, keys), cancellationToken);

    /// <summary>How a job ended; null while it has not.</summary>
    /// <exception cref="JobQueueException">There is no such job, and the event stream does not tell of its end.</exception>
    public Task<JobEnd?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        calls.RunAsync(
            async database =>
            {
                var reply = (RedisResult[])(await runner
                    .RunAsync(_isFinished, [keys.Completed, keys.Failed, keys.Job(id.Value)], [id.Value, Arguments.Flag(true)])
                    .ConfigureAwait(false))!;
                return (int)reply[0] switch
                {
                    0 => null,
                    1 => new JobEnd(id, JobState.Completed, (string?)reply[1] ?? "null", null),
                    2 => new JobEnd(id, JobState.Failed, null, (string?)reply[1] ?? ""),
                    _ => await ToldAsync(database, id).ConfigureAwait(false) ?? throw Missing(id),
                };
            },
            cancellationToken);

    public JobQueueException Missing(JobId id) => ScriptRunner.Refusal(-1, keys.Queue, id);

    // A job that is not kept is gone with its end; the event stream still tells of it.
    private async Task<JobEnd?> ToldAsync(IDatabase database, JobId id)
    {
        var before = "+";
        while (true)
        {
            var page = (RedisResult[])(await database
                .ExecuteAsync("XREVRANGE", keys.Events, before, "-", "COUNT", PageSize.ToString(CultureInfo.InvariantCulture))
                .ConfigureAwait(false))!;
            foreach (var entry in page)
            {
                switch (EventEntry.Read(entry))
                {
                    case JobEvent.Completed done when done.Id == id:
                        return new JobEnd(id, JobState.Completed, done.ReturnValue, null);
                    case JobEvent.Failed failed when failed.Id == id:
                        return new JobEnd(id, JobState.Failed, null, failed.Reason);
                }
            }

            if (page.Length < PageSize)
            {
                return null;
            }

            before = "(" + EventEntry.PositionOf(page[^1]);
        }
    }
}
