namespace Jamail.TestSupport;

/// <summary>A .NET program of this solution as a child process, which a test may kill like a machine that lost its power.</summary>
public sealed class DotnetProcess : LineProcess
{
    private DotnetProcess(string dotnet, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
        : base(dotnet, arguments, AppContext.BaseDirectory, environment)
    {
    }

    /// <param name="assembly">Path of the program's .dll; a bare file name lies beside the tests (a project reference puts it there).</param>
    public static DotnetProcess Start(
        string assembly, IEnumerable<string>? arguments = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly);
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : Tools.Find("dotnet", ".NET 10 SDK");
        return File.Exists(file)
            ? new DotnetProcess(dotnet, ["exec", file, .. arguments ?? []], environment)
            : throw new FileNotFoundException($"'{file}' is not there; the test project needs a reference to its project.", file);
    }
}
