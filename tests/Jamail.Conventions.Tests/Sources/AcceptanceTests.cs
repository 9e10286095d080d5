using System.Text.RegularExpressions;
using Jamail.TestSupport;

namespace Jamail.Conventions.Tests;

public sealed partial class AcceptanceTests
{
    private static readonly Lazy<ILookup<string, SourceFile>> Classes = new(() =>
        SourceFile.Below(Repository.PathOf("tests"), "*.cs").ToLookup(file => Path.GetFileNameWithoutExtension(file.Path), StringComparer.Ordinal));

    public static TheoryData<string> Tables =>
        [.. SourceFile.Below(Repository.PathOf("tests"), "ACCEPTANCE.md").Select(file => file.Path)];

    [Theory, MemberData(nameof(Tables))]
    public void Every_promise_names_tests_that_exist(string table)
    {
        var rows = new SourceFile(table).Lines.Select(line => line.Text)
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.StartsWith('|')).ToList();

        Assert.NotEmpty(rows);
        Expect.None(rows.Where(row => !Name().IsMatch(row)), $"These rows of {table} name no test:");
        Expect.None(
            rows.SelectMany(row => Name().Matches(row)).Where(name => !IsThere(name.Groups["class"].Value, name.Groups["method"].Value))
                .Select(name => name.Value),
            $"{table} names these tests, which are not there:");
    }

    // A method may be named by how its name begins.
    private static bool IsThere(string type, string method) =>
        Classes.Value[type].Any(file => method.Length == 0 || Regex.IsMatch(file.Text, $@"(void|Task) {method}"));

    [GeneratedRegex(@"`(?:\w+\.)*(?<class>[A-Z]\w+(?:Tests|Contract))(?:\.(?<method>[A-Za-z]\w*)…?)?`")]
    private static partial Regex Name();
}
