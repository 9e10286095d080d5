using System.Text;

namespace Jamail.Queueing;

/// <summary>
/// Expands the lines <c>--include name</c> of a script: each include once, before what needs it.
/// </summary>
internal sealed class LuaIncludes(IReadOnlyDictionary<string, string> includes)
{
    private const string Directive = "--include ";

    public string Expand(string file, string text)
    {
        var expanded = new StringBuilder(text.Length * 4);
        Append(expanded, file, text, path: [], done: []);
        return expanded.ToString();
    }

    private void Append(StringBuilder expanded, string file, string text, List<string> path, HashSet<string> done)
    {
        path.Add(file);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith(Directive, StringComparison.Ordinal))
            {
                expanded.Append(line).Append('\n');
                continue;
            }

            var name = line[Directive.Length..].Trim();
            var include = $"includes/{name}.lua";
            if (path.Contains(include))
            {
                throw new InvalidOperationException(
                    $"Script {path[0]} includes in a circle: {string.Join(" -> ", path)} -> {include}; break it by passing a function.");
            }

            if (!includes.TryGetValue(name, out var included))
            {
                throw new InvalidOperationException(
                    $"Script {file} includes '{name}', but there is no {include}; add the file or correct the name.");
            }

            if (done.Add(name))
            {
                Append(expanded, include, included, path, done);
            }
        }

        path.RemoveAt(path.Count - 1);
    }
}
