using System.Text;
using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Differential;

/// <summary>A group leaves and replies what BullMQ's single calls do, one after another.</summary>
public sealed class GroupTests(DifferentialRig rig, ITestOutputHelper output) : IClassFixture<DifferentialRig>
{
    private const int LargestGroup = 256;

    [Fact]
    public void A_group_of_outcomes_equals_single_calls() => Repeat("finishJobs", number => FinishCase(rig, number));

    [Fact]
    public void A_group_of_adds_equals_single_calls() => Repeat("addJobs", number => AddCase(rig, number));

    internal static string FinishCase(DifferentialRig rig, int number)
    {
        var random = new Random(unchecked((DifferentialRig.Seed * 31) + number));
        var now = LiveWithout0Markers(rig, random, "finishJobs");
        var most = number % 20 == 0 ? LargestGroup : random.Next(1, 24);
        now = MakeActive(rig, random, now, most);
        new Histories(rig).Prepare("finishJobs", random, now);
        if (random.Next(2) == 0)
        {
            rig.Redis.Call("DEL", "bull:q:marker");
        }

        return new GroupCase(rig, random).Finish(rig.Save(), rig.ViewOfMain(), now + random.Next(90_000), most);
    }

    internal static string AddCase(DifferentialRig rig, int number)
    {
        var random = new Random(unchecked((DifferentialRig.Seed * 37) + number));
        var now = LiveWithout0Markers(rig, random, "addStandardJob");
        var maker = rig.MakerFor(random, now, onlyMain: true);
        return GroupAddCase.Run(rig, random, rig.Save(), maker, number % 20 == 0 ? LargestGroup : random.Next(1, 24));
    }

    private static long LiveWithout0Markers(DifferentialRig rig, Random random, string script)
    {
        var now = new Histories(rig).Live(random, script);
        foreach (var marker in new[] { "0:0", "0:1700000000000" })
        {
            rig.Redis.Call("LREM", "bull:q:wait", 0, marker);
            rig.Redis.Call("LREM", "bull:q:active", 0, marker);
        }

        return now;
    }

    private static long MakeActive(DifferentialRig rig, Random random, long now, int count)
    {
        if (random.Next(4) > 0)
        {
            rig.Redis.Call("HDEL", "bull:q:meta", "paused", "concurrency", "max");
        }

        for (var i = 0; i < count; i++)
        {
            rig.RunOracle(rig.MakerFor(random, now, onlyMain: true).Make(random.Next(6) == 0 ? "addPrioritizedJob" : "addStandardJob"));
        }

        for (var i = 0; i < count; i++)
        {
            rig.RunOracle(rig.MakerFor(random, now, onlyMain: true).Make("moveToActive"));
        }

        for (var i = random.Next(12); i > 0; i--)
        {
            rig.RunOracle(rig.MakerFor(random, now, onlyMain: true).Make("addStandardJob"));
        }

        return now;
    }

    private void Repeat(string what, Func<int, string> run)
    {
        output.WriteLine($"JAMAIL_TEST_SEED={DifferentialRig.Seed}, {DifferentialRig.Cases} cases");
        var differences = new StringBuilder();
        var different = 0;
        for (var number = 0; number < DifferentialRig.Cases; number++)
        {
            var difference = run(number);
            if (difference.Length > 0 && ++different <= 3)
            {
                differences.Append(System.Globalization.CultureInfo.InvariantCulture, $"case {number} {difference}");
            }
        }

        Assert.True(
            different == 0, $"{what}: {different} of {DifferentialRig.Cases} cases differ, seed {DifferentialRig.Seed}:\n{differences}");
    }
}
