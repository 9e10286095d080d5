using Jamail.Interop.Tests.Differential;
using Jamail.TestSupport;
using Xunit.Abstractions;

namespace Jamail.Interop.Tests.Mutations;

/// <summary>The comparisons with BullMQ can fail: each of many faults of one line is seen by them.</summary>
public sealed class MutationTests(DifferentialRig rig, ITestOutputHelper output) : IClassFixture<DifferentialRig>
{
    private const int Fewest = 100;

    [Fact]
    public void Every_deliberate_fault_in_our_scripts_is_caught()
    {
        output.WriteLine(Seeds.Line);
        var files = DifferentialRig.SourceFiles();
        var all = Mutation.Read(Environment.GetEnvironmentVariable("JAMAIL_TEST_MUTATIONS")
                ?? Repository.PathOf("tests", "Jamail.Interop.Tests", "Mutations", "mutations.txt"))
            .Select(mutation => (Mutation: mutation, Mutant: Mutant.Of(mutation, files, rig.Ours)))
            .ToList();
        var mutants = all.Select(each => each.Mutant).OfType<Mutant>().ToList();
        foreach (var script in (string[])[.. NamedScriptTests.Names, "addJobs", "addFlows", "finishJobs", "updateSchedulers"])
        {
            Catch(script, mutants);
        }

        foreach (var mutant in mutants)
        {
            output.WriteLine($"{(mutant.CaughtBy is { } by ? $"{by.Script} {by.Case}" : "NOT CAUGHT")}: {mutant.Mutation}");
        }

        var survivors = mutants.Where(mutant => mutant.CaughtBy is null).Select(mutant => mutant.Mutation).ToList();
        Proof.Note("Deliberate faults of one line in our scripts: all seen by the comparisons", "faults", mutants.Count);
        Assert.True(
            mutants.Count >= Fewest,
            $"Only {mutants.Count} faults find their line; put faults of the new form of these lines into mutations.txt:\n"
                + string.Join('\n', all.Where(each => each.Mutant is null).Select(each => each.Mutation)));
        Assert.True(
            survivors.Count == 0,
            $"{survivors.Count} of {mutants.Count} faults went unseen in {Seeds.Cases} cases for each script, seed {Seeds.Seed}:\n"
                + string.Join('\n', survivors));
    }

    // A state is made once and all faults are held against it; most are seen within a few cases.
    private void Catch(string script, List<Mutant> mutants)
    {
        var unseen = mutants.Where(mutant => mutant.CaughtBy is null && mutant.Changes(script)).ToList();
        for (var number = 0; number < Seeds.Cases && unseen.Count > 0; number++)
        {
            if (Comparisons.Prepare(rig, script, number) is not { } differenceOf)
            {
                continue;
            }

            foreach (var mutant in unseen.Where(mutant => Differs(differenceOf, mutant.TextOf(script))).ToList())
            {
                mutant.CaughtBy = (script, number);
                unseen.Remove(mutant);
            }
        }
    }

    private static bool Differs(Func<string, string> differenceOf, string text)
    {
        try
        {
            return differenceOf(text).Length > 0;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidCastException or NullReferenceException)
        {
            // The reply is not even one of that script.
            return true;
        }
    }
}
