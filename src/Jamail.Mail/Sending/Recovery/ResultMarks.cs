using Jamail.Queueing;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>
/// Keeps in Redis what a mail server answered, from before the row's update until its commit: a worker that dies in between,
/// or a database that is away, leaves a known result and no doubt.
/// </summary>
internal sealed class ResultMarks(OwnKeys keys, ILogger<ResultMarks> logger)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly QueueName _queue = new(MailOptions.QueueName);

    /// <summary>Sends the mark ahead of whatever the caller does next.</summary>
    /// <returns>Whether Redis has it. Nobody need wait for that.</returns>
    public Task<bool> NoteAsync(string id, ResultMark mark) => TryAsync(id, () => keys.SetAsync(_queue, Name(id), mark.ToBytes(), Kept));

    /// <summary>The row says it now.</summary>
    public void Forget(string id) => _ = TryAsync(id, () => keys.RemoveAsync(_queue, Name(id)));

    /// <summary>The mark of a claim; null when there is none.</summary>
    /// <exception cref="JobQueueException">Redis is away: it cannot be known now.</exception>
    public async Task<ResultMark?> FindAsync(string id, string? token)
    {
        var bytes = await keys.GetAsync(_queue, Name(id)).ConfigureAwait(false);
        return bytes is not null && ResultMark.Read(bytes) is { } mark && mark.Token == token ? mark : null;
    }

    private static string Name(string id) => $"result:{id}";

    // Without the mark a mail is as safe as without Redis: its row is what counts.
    private async Task<bool> TryAsync(string id, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (JobQueueException fault)
        {
            logger.MarkFailed(id, fault.Message);
            return false;
        }
    }
}
