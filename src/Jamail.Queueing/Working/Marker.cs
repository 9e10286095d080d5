namespace Jamail.Queueing;

/// <summary>The queue's marker: says that there is work.</summary>
internal sealed class Marker(WorkerContext context)
{
    /// <summary>Puts back a marker that this worker took and cannot use, so that another worker sees it.</summary>
    public void PutBack() => _ = PutBackAsync();

    private async Task PutBackAsync()
    {
        try
        {
            var database = context.Connections.Database;
            var meta = await database.HashGetAsync(context.Keys.Meta, ["paused", "concurrency"]).ConfigureAwait(false);
            var isBlocked = !meta[0].IsNull
                || (meta[1].TryParse(out double most)
                    && await database.ListLengthAsync(context.Keys.Active).ConfigureAwait(false) >= most);
            if (!isBlocked)
            {
                await database.SortedSetAddAsync(context.Keys.Marker, "0", 0).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // Others look by themselves after their idle wait.
            context.Logger.MarkerWaitFailed(exception, context.Queue.Value);
        }
    }
}
