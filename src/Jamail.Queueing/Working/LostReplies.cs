using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>
/// Finds out what calls did whose replies were lost. Jobs they took stand in <c>active</c> under a lock with a token of
/// ours; outcomes they settled do not.
/// </summary>
internal sealed class LostReplies(WorkerContext context, JobSlots slots, Dispatcher dispatcher)
{
    private const int LocksPerRead = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ExtendLocks _extendLocks = new(context.Scripts, context.Keys);

    /// <param name="unknown">Outcomes that were sent and not answered.</param>
    /// <param name="isUnresponsive">The connection lives but does not answer.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task ResolveAsync(
        IReadOnlyList<(RunningJob Job, Settlement Settlement)> unknown,
        bool isUnresponsive,
        CancellationToken cancellationToken)
    {
        // A call that only slept is no news unless it had taken something.
        if (unknown.Count > 0)
        {
            context.Logger.RepliesLost(context.Queue.Value, unknown.Count);
        }

        if (isUnresponsive)
        {
            await context.Connections.ReplaceAsync(cancellationToken).ConfigureAwait(false);
            await context.Connections.WaitUntilUpAsync(cancellationToken).ConfigureAwait(false);
        }

        // A call given up may still be executed while its connection lives.
        var areDead = await Bounded(context.Connections.TryKillOldConnectionsAsync(context.Keys.Meta), cancellationToken).ConfigureAwait(false);
        if (!areDead)
        {
            await Task.Delay(context.Options.LockDuration, context.Clock, cancellationToken).ConfigureAwait(false);
        }

        var held = await HeldByUsAsync(cancellationToken).ConfigureAwait(false);
        var resent = Resend(unknown, held);
        var adopted = await AdoptAsync(held, cancellationToken).ConfigureAwait(false);
        if (unknown.Count + adopted > 0)
        {
            context.Logger.RepliesRecovered(context.Queue.Value, adopted, resent, unknown.Count - resent);
        }
    }

    /// <summary>The active jobs under locks of ours, id to token.</summary>
    private async Task<Dictionary<string, string>> HeldByUsAsync(CancellationToken cancellationToken)
    {
        var database = context.Connections.Database;
        var active = await Bounded(database.ListRangeAsync(context.Keys.Active), cancellationToken).ConfigureAwait(false);
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chunk in active.Chunk(LocksPerRead))
        {
            RedisKey[] keys = Array.ConvertAll(chunk, id => context.Keys.Lock((string)id!));
            var locks = await Bounded(database.StringGetAsync(keys), cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < chunk.Length; index++)
            {
                if ((string?)locks[index] is { } token
                    && token.StartsWith(context.WorkerId + ":", StringComparison.Ordinal))
                {
                    held[(string)chunk[index]!] = token;
                }
            }
        }

        return held;
    }

    private int Resend(IReadOnlyList<(RunningJob Job, Settlement Settlement)> unknown, Dictionary<string, string> held)
    {
        var resent = 0;
        foreach (var (job, settlement) in unknown)
        {
            if (held.TryGetValue(job.Stored.Id, out var token) && token == job.Token)
            {
                dispatcher.SettleAgain(job, settlement);
                resent++;
            }
            else
            {
                slots.Remove(job);
            }
        }

        return resent;
    }

    private async Task<int> AdoptAsync(Dictionary<string, string> held, CancellationToken cancellationToken)
    {
        foreach (var job in slots.All())
        {
            if (held.TryGetValue(job.Stored.Id, out var token) && token == job.Token)
            {
                held.Remove(job.Stored.Id);
            }
        }

        if (held.Count == 0)
        {
            return 0;
        }

        string[] ids = [.. held.Keys];
        var sentAt = context.Clock.GetTimestamp();
        var lost = await Bounded(
            _extendLocks.RunAsync(ids, Array.ConvertAll(ids, id => held[id]), context.LockDurationMs),
            cancellationToken).ConfigureAwait(false);
        foreach (var id in lost)
        {
            held.Remove(id);
        }

        var database = context.Connections.Database;
        var adopted = 0;
        foreach (var (id, token) in held)
        {
            var hash = await Bounded(database.HashGetAllAsync(context.Keys.Job(id)), cancellationToken).ConfigureAwait(false);
            if (JobHash.Read(id, hash) is { Name: not null } stored)
            {
                dispatcher.Adopt(stored, token, context.HeldUntil(sentAt));
                adopted++;
            }
        }

        return adopted;
    }

    private Task<T> Bounded<T>(Task<T> call, CancellationToken cancellationToken) =>
        call.WaitAsync(Patience, context.Clock, cancellationToken);
}
