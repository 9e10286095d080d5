using Jamail.Queueing;
using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Differential;

/// <summary>
/// With the layout of 5.x our scripts do to a queue of 5.x clients what those of 5.81.5 do, wherever the contract does not say that
/// 6.7.0 is right (CONTRACT.md, "What 5.81.5 does otherwise").
/// </summary>
public sealed class FiveTests(FiveRig rig, ITestOutputHelper output) : IClassFixture<FiveRig>
{
    public static TheoryData<string> Scripts =>
        [.. NamedScriptTests.Names.Where(script => script != "releaseParentIfNoPendingDependencies")];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void With_the_layout_of_5_a_script_of_ours_does_what_5_does(string script)
    {
        var compared = 0;
        Comparisons.AllAgree(output, "A script of ours, layout of 5.x, beside BullMQ 5.81.5's own: all equal", Math.Max(1, Seeds.Cases / 4), number =>
        {
            var differenceOf = FiveCase.Prepare(rig, script, number);
            compared += differenceOf is null ? 0 : 1;
            return differenceOf?.Invoke(rig.WithLayoutOfFive[script].Text) ?? "";
        });
        Assert.True(compared > Seeds.Cases / 20, $"Only {compared} states could be compared.");
    }

    [Fact]
    public void We_have_every_script_of_5_but_those_of_its_old_repeatable_jobs()
    {
        var missing = rig.Oracle.Scripts.Select(script => script.Name).Except(rig.Ours.All.Select(script => script.Name));
        Assert.Equal(
            ["addRepeatableJob", "removeRepeatable", "updateRepeatableJobMillis"], missing.Order(StringComparer.Ordinal));
    }
}

/// <summary>A rig whose oracle is 5.81.5.</summary>
public sealed class FiveRig : DifferentialRig
{
    internal LuaScriptCatalog WithLayoutOfFive { get; } = new(SourceFiles(), PausedLayout.Paused);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await TakeOracleAsync(NodeClient.Five);
    }
}
