using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Differential;

/// <summary>A group leaves and replies what BullMQ's single calls do, one after another.</summary>
public sealed class GroupTests(DifferentialRig rig, ITestOutputHelper output) : IClassFixture<DifferentialRig>
{
    [Fact]
    public void A_group_of_outcomes_equals_single_calls() => Compare("finishJobs", GroupCases.Finish);

    [Fact]
    public void A_group_of_adds_equals_single_calls() => Compare("addJobs", GroupCases.Add);

    [Fact]
    public void A_group_of_flows_equals_single_calls() => Compare("addFlows", GroupCases.Flow);

    [Fact]
    public void A_group_of_scheduler_updates_equals_single_calls() => Compare("updateSchedulers", GroupCases.Schedulers);

    private void Compare(string script, Func<DifferentialRig, int, (int Size, Func<string, string> Compare)> prepare)
    {
        var sizes = new List<int>();
        Comparisons.AllAgree(output, "Groups of 1 to 256 beside BullMQ 6.7.0's single calls: all equal", Seeds.Cases, number =>
        {
            var group = prepare(rig, number);
            sizes.Add(group.Size);
            return group.Compare(rig.Ours[script].Text);
        });
        output.WriteLine($"groups of {sizes.Min()} to {sizes.Max()}, {sizes.Distinct().Count()} sizes");
        Assert.True(sizes.Min() <= 1 && sizes.Max() >= GroupCases.Largest / 2, $"Groups of {sizes.Min()} to {sizes.Max()} only.");
    }
}
