using System.Globalization;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Differential;

/// <summary>
/// What the environment says about generated tests: JAMAIL_TEST_SEED, and JAMAIL_TEST_CASES, how many cases each script gets.
/// </summary>
internal static class Seeds
{
    public static int Seed { get; } = Setting("JAMAIL_TEST_SEED", 20_261_122);

    public static int Cases { get; } = Setting("JAMAIL_TEST_CASES", Proof.Size(200, 5_000));

    /// <summary>What every generated test prints first.</summary>
    public static string Line => $"JAMAIL_TEST_SEED={Seed} JAMAIL_TEST_CASES={Cases}";

    /// <summary>The seed of one case: the same in every run, whatever runs beside it.</summary>
    public static int Of(string what, int number)
    {
        var hash = Seed;
        foreach (var letter in what)
        {
            hash = unchecked((hash * 31) + letter);
        }

        return unchecked((hash * 31) + number);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
