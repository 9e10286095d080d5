using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>Drops ids that have no job behind them.</summary>
internal sealed class Orphans(WorkerContext context)
{
    /// <summary>Only what has no name is dropped: a job added under the same id in this moment stays.</summary>
    public async Task DropAsync(string id)
    {
        try
        {
            var transaction = context.Connections.Database.CreateTransaction();
            transaction.AddCondition(Condition.HashNotExists(context.Keys.Job(id), "name"));
            var removals = Task.WhenAll(
                transaction.ListRemoveAsync(context.Keys.Active, id),
                transaction.KeyDeleteAsync(context.Keys.Job(id)),
                transaction.KeyDeleteAsync(context.Keys.Lock(id)),
                transaction.SetRemoveAsync(context.Keys.Stalled, id));
            if (await transaction.ExecuteAsync().ConfigureAwait(false))
            {
                await removals.ConfigureAwait(false);
                context.Logger.OrphanDropped(context.Queue.Value, id);
            }
        }
        catch (Exception exception)
        {
            context.Logger.TurnFailed(exception, context.Queue.Value);
        }
    }
}
