using Jamail.Queueing;
using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Differential;

/// <summary>Every script of ours against BullMQ's own, on states made by random histories.</summary>
public sealed class NamedScriptTests(DifferentialRig rig, ITestOutputHelper output) : IClassFixture<DifferentialRig>
{
    internal static readonly string[] Names =
    [
        "addDelayedJob", "addJobScheduler", "addLog", "addParentJob", "addPrioritizedJob", "addStandardJob", "changeDelay",
        "changePriority", "cleanJobsInSet", "drain", "extendLock", "extendLocks", "getCounts", "getCountsPerPriority",
        "getDependencyCounts", "getJobScheduler", "getJobs", "getMetrics", "getRanges", "getRateLimitTtl", "getState",
        "getStateV2", "isFinished", "isJobInList", "isMaxed", "moveJobFromActiveToWait", "moveJobsToWait",
        "moveStalledJobsToWait", "moveToActive", "moveToDelayed", "moveToFinished", "moveToWaitingChildren", "obliterate",
        "paginate", "pause", "promote", "releaseLock", "releaseParentIfNoPendingDependencies", "removeChildDependency",
        "removeDeduplicationKey", "removeJob", "removeJobScheduler", "removeOrphanedJobs", "removeUnprocessedChildren",
        "reprocessJob", "retryJob", "saveStacktrace", "updateData", "updateJobScheduler", "updateProgress",
    ];

    public static TheoryData<string> Scripts => [.. Names];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_of_ours_replies_and_leaves_what_BullMQs_own_does(string script) =>
        Comparisons.AllAgree(
            output, "A script of ours beside BullMQ 6.7.0's own on generated states: all equal", Seeds.Cases,
            number => NamedScriptCase.Prepare(rig, script, number)?.Invoke(rig.Ours[script].Text) ?? "");

    [Fact]
    public void We_have_every_queue_script_of_BullMQ_with_its_key_count()
    {
        var theirs = rig.Oracle.Scripts
            .Where(script => !script.Name.StartsWith("relay", StringComparison.Ordinal))
            .Select(script => $"{script.Name}-{script.KeyCount}");
        var ours = LuaScriptCatalog.EmbeddedFiles().Keys
            .Where(path => !path.Contains('/', StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        Assert.Equal(50, Names.Length);
        Assert.Equal(ours.Select(script => script.Split('-')[0]).Order(StringComparer.Ordinal), Names.Order(StringComparer.Ordinal));
    }
}
