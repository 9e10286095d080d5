using System.Text.RegularExpressions;
using Jamail.TestSupport;

namespace Jamail.Conventions.Tests;

public sealed partial class SourceFilesTests
{
    private const int LongestFile = 320;

    private static readonly string[] CodeFolders = ["src", "tests", "samples", "bench", "eng"];

    [Fact]
    public void No_file_of_code_is_too_long() =>
        Expect.None(
            Code("*.cs", "*.lua", "*.sql", "*.mjs", "*.sh")
                .Where(file => file.Text.Count(letter => letter == '\n') > LongestFile)
                .Select(file => $"{file.Path}: {file.Text.Count(letter => letter == '\n')} lines"),
            $"Files have at most {LongestFile} lines; look for the second thing this one does:");

    [Fact]
    public void Nothing_is_left_for_later_in_a_comment() =>
        Expect.None(
            Code("*.cs", "*.lua", "*.sql", "*.mjs", "*.sh").SelectMany(file => file.Lines
                .Where(line => LeftForLater().IsMatch(line.Text))
                .Select(line => $"{file.Path}:{line.Number}: {line.Text.Trim()}")),
            "Comments say what the code cannot; plans and regions do not belong there:");

    [Fact]
    public void Names_say_what_a_type_is() =>
        Expect.None(
            Code("*.cs").Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file.Name))).Select(file => file.Path),
            "No Manager, Helper, Util(s) or Impl in names:");

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void A_package_has_one_namespace(Package package) =>
        Expect.None(
            package.SourceFiles
                .Where(file => !file.Text.Contains($"\nnamespace {package.Name};", StringComparison.Ordinal)
                    && !file.Text.StartsWith($"namespace {package.Name};", StringComparison.Ordinal)
                    && !NoNamespace().IsMatch(file.Text))
                .Select(file => file.Path),
            $"Files of {package.Name} declare 'namespace {package.Name};' whatever their folder:");

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Types_in_role_folders_are_internal(Package package) =>
        Expect.None(
            package.SourceFiles.Where(file => file.Path.Count(letter => letter == '/') > 2)
                .SelectMany(file => PublicType().Matches(file.Text).Select(match => $"{file.Path}: {match.Value.Trim()}")),
            "Public types lie at the package's root; types in role folders are internal:");

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void A_public_type_has_a_file_of_its_name_at_the_root(Package package) =>
        Expect.None(
            package.Assembly.GetExportedTypes().Where(type => !type.IsNested)
                .Select(type => type.Name.Split('`')[0])
                .Where(name => !File.Exists(Path.Combine(package.Folder, $"{name}.cs"))),
            $"Public types without a file of their own at src/{package.Name}:");

    [Fact]
    public void Shared_source_is_internal() =>
        Expect.None(
            SourceFile.Below(Repository.PathOf("src", "Shared"), "*.cs")
                .SelectMany(file => PublicType().Matches(file.Text).Select(match => $"{file.Path}: {match.Value.Trim()}")),
            "Linked source would make public types appear in two assemblies:");

    private static IEnumerable<SourceFile> Code(params string[] patterns) =>
        CodeFolders.SelectMany(folder => patterns.SelectMany(pattern => SourceFile.Below(Repository.PathOf(folder), pattern)));

    [GeneratedRegex(@"(//|--|#)\s*(TO" + @"DO|FIX" + @"ME|HACK|XXX)\b|^\s*#(end)?region\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities|Impl)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"^public\s+[^\n(]*\b(class|record|struct|interface|enum|delegate)\b[^\n]*", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\A(\s|//[^\n]*|global using [^\n]*|using [^\n]*|\[assembly:[^\n]*)*\z")]
    private static partial Regex NoNamespace();
}
