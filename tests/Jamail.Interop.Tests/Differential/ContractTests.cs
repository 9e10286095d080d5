using System.Globalization;
using System.Text.RegularExpressions;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Differential;

/// <summary>What the contract and the list of hazards say is shown by tests that exist.</summary>
public sealed partial class ContractTests
{
    private static readonly HashSet<string> Tests =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)),
    ];

    [Fact]
    public void Every_oddity_has_a_row_and_every_row_a_test()
    {
        var rows = Rows(Repository.PathOf("src", "Jamail.Queueing", "Scripts", "lua", "CONTRACT.md"))
            .Where(row => int.TryParse(row[0], CultureInfo.InvariantCulture, out _)).ToList();
        Assert.Equal(Enumerable.Range(1, 27), rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));
        Assert.All(rows, row => ShownByTests(row));
    }

    [Fact]
    public void Every_hazard_has_a_test() =>
        Assert.All(
            Rows(Repository.PathOf("docs", "wire", "hazards.md")).Where(row => row[^1] is not "Test" && !row[^1].StartsWith("--", StringComparison.Ordinal)),
            ShownByTests);

    private static void ShownByTests(string[] row)
    {
        var named = Name().Matches(row[^1]).Select(match => match.Groups[1].Value).ToList();
        Assert.True(named.Count > 0, $"No test shows: {string.Join(" | ", row)}");
        Assert.All(named, name => Assert.True(Tests.Contains(name), $"There is no test {name}."));
    }

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines(file)
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"public (?:async Task|void|Task) ([A-Z]\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex("`([A-Z][a-z]*_\\w+)`")]
    private static partial Regex Name();
}
