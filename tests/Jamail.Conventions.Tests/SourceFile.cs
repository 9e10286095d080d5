using Jamail.TestSupport;

namespace Jamail.Conventions.Tests;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">Below the repository's root, with '/'.</param>
public sealed record SourceFile(string Path)
{
    public string Text { get; } = File.ReadAllText(Repository.PathOf(Path));

    public string Name => System.IO.Path.GetFileName(Path);

    public IEnumerable<(int Number, string Text)> Lines =>
        Text.Split('\n').Select((line, index) => (index + 1, line));

    public static IEnumerable<SourceFile> Below(string folder, string pattern) =>
        !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
                .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
                .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
                .Order(StringComparer.Ordinal)
                .Select(path => new SourceFile(path));

    public bool Equals(SourceFile? other) => other?.Path == Path;

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);
}
