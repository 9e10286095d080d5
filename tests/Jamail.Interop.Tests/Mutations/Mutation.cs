namespace Jamail.Interop.Tests.Mutations;

/// <summary>A deliberate fault in one line of one of our Lua files.</summary>
/// <param name="File">Its path below <c>Scripts/lua</c>.</param>
/// <param name="Original">A line of it without its indentation, the only one of its kind there.</param>
/// <param name="Fault">What stands there instead.</param>
internal sealed record Mutation(string File, string Original, string Fault)
{
    private const string Arrow = " => ";

    public override string ToString() => $"{File}: {Original}{Arrow}{Fault}";

    /// <summary>Reads lines <c>file: original =&gt; fault</c>; those that begin with # are remarks.</summary>
    public static IReadOnlyList<Mutation> Read(string path) =>
        [.. System.IO.File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    /// <summary>All files, with the fault in one of them; null when its line has changed.</summary>
    public Dictionary<string, string>? In(IReadOnlyDictionary<string, string> files)
    {
        var lines = files.TryGetValue(File, out var text) ? text.Split('\n') : [];
        var places = Enumerable.Range(0, lines.Length).Where(i => lines[i].Trim() == Original).ToList();
        if (places.Count != 1)
        {
            return null;
        }

        lines[places[0]] = Fault;
        return new Dictionary<string, string>(files, StringComparer.Ordinal) { [File] = string.Join('\n', lines) };
    }

    private static Mutation Parse(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var arrow = line.IndexOf(Arrow, StringComparison.Ordinal);
        return colon > 0 && arrow > colon
            ? new Mutation(line[..colon], line[(colon + 2)..arrow], line[(arrow + Arrow.Length)..])
            : throw new FormatException($"Not a mutation, which is 'file: original{Arrow}fault': {line}");
    }
}
