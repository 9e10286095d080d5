using System.Globalization;

namespace Jamail.TestSupport;

/// <summary>
/// What eng/prove.sh asks of the tests: full sizes instead of those that fit into a test run, and the figures that docs/proof.md
/// shows. The file that <c>JAMAIL_PROOF</c> names gets them; without it tests have their usual size.
/// </summary>
public static class Proof
{
    private static readonly Lock Gate = new();
    private static readonly string? File = Environment.GetEnvironmentVariable("JAMAIL_PROOF") is { Length: > 0 } file ? file : null;

    public static int Size(int usual, int full) => File is null ? usual : full;

    /// <summary>As theory data, for a test that is run several times.</summary>
    public static IEnumerable<object[]> Rounds(int usual, int full) =>
        Enumerable.Range(1, Size(usual, full)).Select(round => new object[] { round });

    /// <summary>Keeps a figure; the table shows how often it was taken, the least, the median and the most.</summary>
    public static void Note(string what, string unit, double value)
    {
        if (File is not null)
        {
            lock (Gate)
            {
                System.IO.File.AppendAllText(File, string.Create(CultureInfo.InvariantCulture, $"{what}\t{unit}\t{value:0.###}\n"));
            }
        }
    }
}
