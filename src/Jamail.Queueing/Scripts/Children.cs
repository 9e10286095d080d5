namespace Jamail.Queueing;

/// <summary>The scripts about the children of a job.</summary>
internal sealed class Children(ScriptRunner runner, QueueKeys keys)
{
    private readonly LuaScript _counts = runner.Scripts["getDependencyCounts"];
    private readonly LuaScript _detach = runner.Scripts["removeChildDependency"];
    private readonly LuaScript _removeUnfinished = runner.Scripts["removeUnprocessedChildren"];

    public async Task<ChildCounts> CountAsync(string id)
    {
        var reply = await runner.RunAsync(
            _counts,
            [keys.Processed(id), keys.Dependencies(id), keys.IgnoredChildren(id), keys.FailedChildren(id)],
            ["unprocessed", "processed", "ignored", "failed"]).ConfigureAwait(false);
        var counts = (long[])reply!;
        return new ChildCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    /// <returns>False when it was no unfinished child.</returns>
    /// <exception cref="JobQueueException">There is no such child, or no such parent.</exception>
    public async Task<bool> DetachAsync(string id, string childKey, JobKey child)
    {
        var code = (int)await runner.RunAsync(_detach, [keys.Base], [childKey, keys.Base + id]).ConfigureAwait(false);
        return code >= 0 ? code == 0 : throw ScriptRunner.Refusal(code, child.Queue, child.Id);
    }

    public Task RemoveUnfinishedAsync(string id) =>
        runner.RunAsync(_removeUnfinished, [keys.Job(id), keys.Meta], [keys.Base, id]);
}
