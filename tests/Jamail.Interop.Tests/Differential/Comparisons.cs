using System.Text;
using Jamail.TestSupport;
using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Differential;

/// <summary>Many cases of one script.</summary>
internal static class Comparisons
{
    /// <summary>The case of that number of any script of ours; see <see cref="NamedScriptCase.Prepare"/>.</summary>
    public static Func<string, string>? Prepare(DifferentialRig rig, string script, int number) => script switch
    {
        "finishJobs" => GroupCases.Finish(rig, number).Compare,
        "addFlows" => GroupCases.Flow(rig, number).Compare,
        "updateSchedulers" => GroupCases.Schedulers(rig, number).Compare,
        "addJobs" => GroupCases.Add(rig, number).Compare,
        _ => NamedScriptCase.Prepare(rig, script, number),
    };

    /// <summary>Fails with the first differences when there are any.</summary>
    /// <param name="what">The figure's name in the table of proofs.</param>
    public static void AllAgree(ITestOutputHelper output, string what, int cases, Func<int, string> differenceOf)
    {
        output.WriteLine($"{Seeds.Line}, {cases} cases");
        var differences = new StringBuilder();
        var different = 0;
        for (var number = 0; number < cases; number++)
        {
            var difference = differenceOf(number);
            if (difference.Length > 0 && ++different <= 3)
            {
                differences.Append(difference);
            }
        }

        Assert.True(different == 0, $"{different} of {cases} cases differ, seed {Seeds.Seed}:\n{differences}");
        Proof.Note(what, "cases", cases);
    }
}
