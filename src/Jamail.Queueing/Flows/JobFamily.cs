namespace Jamail.Queueing;

/// <summary>The parents and children of the jobs of one queue.</summary>
internal sealed class JobFamily(QueueKeys keys, ScriptRunner scripts, RedisCalls calls)
{
    public JobKey? ParentOf(StoredJob job) =>
        StoredJobKey.TryParse(job.ParentKey, keys.Prefix, out var parent) ? parent.Public : null;

    public IJobChildren ChildrenOf(string id) => new JobChildren(keys, id, scripts, calls);
}
