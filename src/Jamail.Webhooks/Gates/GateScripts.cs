using System.Reflection;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>The scripts of this package, checked when it is made.</summary>
internal sealed class GateScripts
{
    private const string Root = "lua/";

    private readonly LuaScriptCatalog _scripts = new(Files(typeof(GateScripts).Assembly), PausedLayout.Wait);

    public LuaScript Pass => _scripts["passGates"];

    private static Dictionary<string, string> Files(Assembly assembly) =>
        assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .ToDictionary(name => name[Root.Length..], name => Read(assembly, name), StringComparer.Ordinal);

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!; // Its name was just listed.
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
