using System.Text;
using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Differential;

/// <summary>Every script of ours against BullMQ's own, on states made by random histories.</summary>
public sealed class NamedScriptTests(DifferentialRig rig, ITestOutputHelper output) : IClassFixture<DifferentialRig>
{
    public static TheoryData<string> Scripts =>
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

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_of_ours_replies_and_leaves_what_BullMQs_own_does(string script)
    {
        output.WriteLine($"JAMAIL_TEST_SEED={DifferentialRig.Seed}, {DifferentialRig.Cases} cases");
        var differences = new StringBuilder();
        var different = 0;
        for (var number = 0; number < DifferentialRig.Cases; number++)
        {
            var difference = NamedScriptCase.Run(rig, script, number, rig.Ours[script].Text);
            if (difference.Length > 0 && ++different <= 3)
            {
                differences.Append(difference);
            }
        }

        Assert.True(different == 0, $"{different} of {DifferentialRig.Cases} cases differ, seed {DifferentialRig.Seed}:\n{differences}");
    }

    [Fact]
    public void We_have_every_queue_script_of_BullMQ_with_its_key_count()
    {
        var theirs = rig.Oracle.Values
            .Where(script => !script.Name.StartsWith("relay", StringComparison.Ordinal))
            .Select(script => $"{script.Name}-{script.KeyCount}");
        var ours = rig.Ours.All
            .Where(script => script.Name is not ("addJobs" or "finishJobs"))
            .Select(script => $"{script.Name}-{script.KeyCount}");
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }
}
