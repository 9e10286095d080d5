using System.Diagnostics;
using System.Text.RegularExpressions;
using Jamail.TestSupport;

namespace Jamail.Conventions.Tests;

public sealed class TrackedFilesTests
{
    private const long LargestFile = 1024 * 1024;

    // Written so that this file does not hold what it forbids.
    private static readonly (string What, Regex Pattern)[] Forbidden =
    [
        ("a package registry's host", new Regex("regis" + @"try\.(npmjs|yarnpkg)|nuget" + @"\.org|nuget" + @"\.pkg\.|deb\.debi" + @"an\.org|archive\.ubu" + "ntu")),
        ("an absolute path of one machine", new Regex(@"(?<![\w.~}])/" + @"(work|root|home/\w+|Users/\w+)/\w|[A-Z]:\\\\?Users")),
        ("a private key", new Regex("-----BEGIN [A-Z ]*PRIV" + "ATE KEY-----\n[A-Za-z0-9+/]{20}")),
    ];

    private static readonly string[] Binary = [".png", ".ico", ".woff2", ".gz", ".db"];

    [Fact]
    public void Tracked_files_name_no_registry_and_no_machine() =>
        Expect.None(
            Tracked().Where(file => !Binary.Contains(Path.GetExtension(file.Path)))
                .SelectMany(file => file.Lines.SelectMany(line => Forbidden
                    .Where(rule => rule.Pattern.IsMatch(line.Text))
                    .Select(rule => $"{file.Path}:{line.Number} holds {rule.What}"))),
            "Tracked files must mean the same on every machine:");

    [Fact]
    public void Tracked_files_are_text_of_a_sensible_size() =>
        Expect.None(
            Tracked().Select(file => (file.Path, Size: new FileInfo(Repository.PathOf(file.Path)).Length))
                .Where(file => file.Size > LargestFile).Select(file => $"{file.Path}: {file.Size} bytes"),
            "Large files do not belong into the repository:");

    [Fact]
    public void Dependencies_and_build_output_are_not_tracked() =>
        Expect.None(
            Tracked().Select(file => file.Path)
                .Where(path => path.Split('/').Any(part => part is "node_modules" or "bin" or "obj" or ".jamail" or "TestResults")),
            "These come from a build or a package manager:");

    private static IReadOnlyList<SourceFile> Tracked()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => File.Exists(Repository.PathOf(path)))
            .Select(path => new SourceFile(path))];
    }
}
