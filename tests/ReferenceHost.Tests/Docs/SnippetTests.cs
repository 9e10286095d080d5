using System.Text.RegularExpressions;
using Jamail.TestSupport;

namespace ReferenceHost.Tests.Docs;

public sealed partial class SnippetTests
{
    [Fact]
    public void Every_C_sharp_block_of_the_documentation_is_code_that_compiles()
    {
        var snippets = ReadSnippets();
        var wrong = new List<string>();
        var used = new HashSet<string>();
        foreach (var page in Pages())
        {
            var text = File.ReadAllText(page).ReplaceLineEndings("\n");
            foreach (Match block in Block().Matches(text))
            {
                var name = block.Groups["name"].Value;
                used.Add(name);
                if (!snippets.TryGetValue(name, out var code))
                {
                    wrong.Add($"{page}: a block is called '{name}', which is no snippet.");
                }
                else if (code != block.Groups["code"].Value)
                {
                    wrong.Add($"{page}: '{name}' differs from Snippets; it should be:\n{code}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(snippets.Keys.Order(), used.Order());
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var broken = new List<string>();
        foreach (var page in Pages())
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = link.Groups["target"].Value.Split('#')[0];
                var path = Path.Combine(Path.GetDirectoryName(page)!, target);
                if (target.Length > 0 && !File.Exists(path) && !Directory.Exists(path))
                {
                    broken.Add($"{page}: {target}");
                }
            }
        }

        Assert.Empty(broken);
    }

    private static Dictionary<string, string> ReadSnippets()
    {
        var found = new Dictionary<string, string>();
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "ReferenceHost.Tests", "Snippets"), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match region in Region().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            {
                var indent = region.Groups["indent"].Value;
                var lines = region.Groups["code"].Value.TrimEnd('\n').Split('\n');
                found.Add(
                    region.Groups["name"].Value,
                    string.Join('\n', lines.Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line)) + "\n");
            }
        }

        return found;
    }

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Repository.Root, "*.md")
            .Concat(((string[])["docs", "src", "samples"]).SelectMany(folder =>
                Directory.GetFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories)))
            .Where(page => !page.Contains("node_modules", StringComparison.Ordinal));

    [GeneratedRegex(@"(?:<!-- snippet: (?<name>[\w-]+) -->\n)?```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?<indent> *)// snippet: (?<name>[\w-]+)\n(?<code>.*?)^ *// end\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\]\((?<target>(?!https?:)[^)\s]+)\)")]
    private static partial Regex Link();
}
