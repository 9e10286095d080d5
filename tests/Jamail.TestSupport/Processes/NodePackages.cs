using System.Security.Cryptography;

namespace Jamail.TestSupport;

/// <summary>The npm packages of tests/Jamail.Interop.Tests/node, installed once for a state of the lock file.</summary>
public static class NodePackages
{
    private static readonly Lazy<Task> Installation = new(() => Task.Run(InstallAsync));

    public static string Folder { get; } = Repository.PathOf("tests", "Jamail.Interop.Tests", "node");

    public static string Node { get; } = Tools.Find("node", "package nodejs");

    public static Task EnsureInstalledAsync() => Installation.Value;

    private static async Task InstallAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".jamail-installed");
        var state = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        if (IsInstalled(stamp, state))
        {
            return;
        }

        await using var turn = await TakeTurnAsync(Path.Combine(Folder, ".install-lock"));
        if (!IsInstalled(stamp, state))
        {
            await Tools.RunAsync(Tools.Find("npm", "package npm"), ["ci", "--ignore-scripts"], Folder, TimeSpan.FromMinutes(5));
            await File.WriteAllTextAsync(stamp, state);
        }
    }

    private static bool IsInstalled(string stamp, string state) => File.Exists(stamp) && File.ReadAllText(stamp) == state;

    // The system closes the file, and so gives the turn on, even when its owner is killed.
    private static async Task<FileStream> TakeTurnAsync(string file)
    {
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200);
            }
        }
    }
}
