namespace Jamail.TestSupport;

/// <summary>A Node script of tests/Jamail.Interop.Tests/node, with its packages in place.</summary>
public sealed class NodeProcess : LineProcess
{
    private NodeProcess(string node, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
        : base(node, arguments, NodePackages.Folder, environment)
    {
    }

    /// <param name="script">For example <c>worker.mjs</c>.</param>
    public static async Task<NodeProcess> StartAsync(
        string script, IEnumerable<string>? arguments = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        await NodePackages.EnsureInstalledAsync();
        var file = Path.Combine(NodePackages.Folder, script);
        return File.Exists(file)
            ? new NodeProcess(NodePackages.Node, [file, .. arguments ?? []], environment)
            : throw new FileNotFoundException($"No script '{script}' in tests/Jamail.Interop.Tests/node.", file);
    }
}
