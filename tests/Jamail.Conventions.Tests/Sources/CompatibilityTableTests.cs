using System.Text.RegularExpressions;
using Jamail.TestSupport;

namespace Jamail.Conventions.Tests;

public sealed partial class CompatibilityTableTests
{
    [Fact]
    public void Every_row_of_the_compatibility_table_names_tests_that_exist()
    {
        var rows = new SourceFile("README.md").Lines.Select(line => line.Text)
            .SkipWhile(line => !line.StartsWith("| On one queue with Node", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).ToList();
        var classes = SourceFile.Below(Repository.PathOf("tests"), "*Tests.cs")
            .Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(rows);
        Expect.None(
            rows.Where(row => !TestClass().IsMatch(row)).Concat(
                rows.Where(row => TestClass().Matches(row).Any(match => !classes.Contains(match.Groups[1].Value)))),
            "These rows are shown by no test, or by one that is not there:");
    }

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)`")]
    private static partial Regex TestClass();
}
