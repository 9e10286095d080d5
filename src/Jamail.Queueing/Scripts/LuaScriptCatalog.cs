using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Jamail.Queueing;

/// <summary>
/// All scripts of the library, expanded and checked when it is made; a file with a wrong name, include or key count stops it.
/// </summary>
internal sealed partial class LuaScriptCatalog
{
    private const string Root = "lua/";
    private const string Includes = "includes/";
    private const string Groups = "groups/";

    private readonly Dictionary<string, LuaScript> _scripts = new(StringComparer.Ordinal);

    public LuaScriptCatalog(PausedLayout layout)
        : this(EmbeddedFiles(), layout)
    {
    }

    /// <summary>For tests: files by their path below <c>lua/</c>.</summary>
    internal LuaScriptCatalog(IReadOnlyDictionary<string, string> files, PausedLayout layout)
    {
        var includes = new LuaIncludes(files
            .Where(file => file.Key.StartsWith(Includes, StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Key), file => file.Value, StringComparer.Ordinal));
        foreach (var (path, text) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (!path.StartsWith(Includes, StringComparison.Ordinal))
            {
                var script = Load(path, includes.Expand(path, text), layout);
                if (!_scripts.TryAdd(script.Name, script))
                {
                    throw new InvalidOperationException($"Script {path}: there is another one named '{script.Name}'; rename one.");
                }
            }
        }
    }

    public IReadOnlyCollection<LuaScript> All => _scripts.Values;

    public LuaScript this[string name] =>
        _scripts.TryGetValue(name, out var script)
            ? script
            : throw new KeyNotFoundException($"There is no script '{name}' below Scripts/lua.");

    internal static Dictionary<string, string> EmbeddedFiles() => EmbeddedFiles(typeof(LuaScriptCatalog).Assembly);

    /// <summary>The scripts of a package.</summary>
    internal static Dictionary<string, string> EmbeddedFiles(Assembly assembly) =>
        assembly.GetManifestResourceNames()
            .Select(resource => resource.Replace('\\', '/'))
            .Where(resource => resource.StartsWith(Root, StringComparison.Ordinal))
            .ToDictionary(resource => resource[Root.Length..], resource => Read(assembly, resource), StringComparer.Ordinal);

    private static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? assembly.GetManifestResourceStream(resource.Replace('/', '\\'))
            ?? throw new InvalidOperationException($"The embedded file {resource} cannot be read.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static LuaScript Load(string path, string expanded, PausedLayout layout)
    {
        var name = FileName().Match(path);
        if (!name.Success)
        {
            throw new InvalidOperationException(
                $"Script {path}: the name must be <name>-<number of keys>.lua, as in moveToActive-11.lua.");
        }

        var keyCount = int.Parse(name.Groups["keys"].ValueSpan, CultureInfo.InvariantCulture);
        var code = Comment().Replace(expanded, "");
        var highest = KeyIndex().Matches(code)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        if (highest != keyCount)
        {
            throw new InvalidOperationException(
                $"Script {path}: its name promises {keyCount} keys but the highest it reads is KEYS[{highest}]; correct one.");
        }

        var text = expanded.Replace("${PausedLayout}", Wire(layout), StringComparison.Ordinal);
        return new LuaScript(name.Groups["name"].Value, keyCount, text, Hash(text));
    }

    private static string Wire(PausedLayout layout) => layout switch
    {
        PausedLayout.Auto => "auto",
        PausedLayout.Wait => "wait",
        PausedLayout.Paused => "paused",
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "Not a layout."),
    };

    [SuppressMessage("Security", "CA5350", Justification = "Redis names scripts by their SHA-1.")]
    private static byte[] Hash(string text) => SHA1.HashData(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex("^(?:" + Groups + ")?(?<name>[A-Za-z0-9]+)-(?<keys>[0-9]+)\\.lua$")]
    private static partial Regex FileName();

    [GeneratedRegex("--[^\\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("\\bKEYS\\[([0-9]+)\\]")]
    private static partial Regex KeyIndex();
}
