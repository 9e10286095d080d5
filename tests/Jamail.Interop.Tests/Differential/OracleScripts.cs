using System.Text.Json;
using Jamail.TestSupport;

namespace Jamail.Interop.Tests.Differential;

/// <summary>The scripts of an npm package, as opaque texts.</summary>
internal static class OracleScripts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<Oracle> LoadAsync(string package)
    {
        using var folder = new TemporaryFolder("oracle");
        var file = folder.File("scripts.json");
        await using var node = await NodeProcess.StartAsync("oracle-scripts.mjs", [package, file]);
        await node.ReadAsync("written");
        await using var stream = File.OpenRead(file);
        var scripts = await JsonSerializer.DeserializeAsync<List<OracleScript>>(stream, Json) ?? [];
        var byName = scripts.ToDictionary(
            script => script.Name, script => new ScriptText(script.Name, script.Keys, script.Content), StringComparer.Ordinal);
        return new Oracle(byName, isFive: package == NodeClient.Five);
    }

    private sealed record OracleScript(string Name, int Keys, string Content);
}

/// <summary>A script by its text.</summary>
internal sealed record ScriptText(string Name, int KeyCount, string Text);
