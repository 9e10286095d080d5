using System.Globalization;
using System.Text;

namespace Jamail.Queueing;

/// <summary>
/// Expands the lines <c>--include name</c> of a script: each include once, before what needs it. <c>--seldom name name</c>
/// includes functions that are made at their first call: making a closure costs about a quarter of a microsecond, each time
/// the script runs.
/// </summary>
internal sealed class LuaIncludes(IReadOnlyDictionary<string, string> includes)
{
    private const string Include = "--include ";
    private const string Seldom = "--seldom ";

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
            if (line.StartsWith(Seldom, StringComparison.Ordinal))
            {
                AppendSeldom(expanded, file, line[Seldom.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries), path, done);
                continue;
            }

            if (!line.StartsWith(Include, StringComparison.Ordinal))
            {
                expanded.Append(line).Append('\n');
                continue;
            }

            var name = line[Include.Length..].Trim();
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

    // What the functions need and is not there yet is made inside, out of sight of the rest of the script.
    private void AppendSeldom(StringBuilder expanded, string file, string[] names, List<string> path, HashSet<string> done)
    {
        var missing = names.Where(name => !done.Contains(name)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        var parts = "seldom" + done.Count.ToString(CultureInfo.InvariantCulture);
        var wanted = string.Join('\n', missing.Select(name => Include + name));
        var members = string.Join(", ", missing.Select(name => name + " = " + name));
        expanded.Append("local ").Append(parts).Append("\nlocal function make_").Append(parts).Append("()\n");
        Append(expanded, file + " --seldom", wanted, path, [.. done]);
        expanded.Append(parts).Append(" = {").Append(members).Append("}\nend\n");
        foreach (var name in missing)
        {
            expanded.Append("local function ").Append(name).Append("(...) if not ").Append(parts).Append(" then make_")
                .Append(parts).Append("() end return ").Append(parts).Append('.').Append(name).Append("(...) end\n");
            done.Add(name);
        }
    }
}
