using Jamail.TestSupport;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Packages;

/// <summary>
/// The packages as <c>dotnet pack</c> makes them of what is built, under a version that nothing else has. The assemblies keep theirs: to
/// build them under another one would be to build everything twice, once more for the next one who wants the usual version.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime, IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string Feed = Repository.PathOf("artifacts", "packages");

    private readonly TemporaryFolder _cache = new("nuget");

    public string Version { get; } = $"0.0.1-test{Guid.NewGuid():N}";

    public async Task InitializeAsync()
    {
        string[] libraries = ["Jamail.Queueing", "Jamail.Mail", "Jamail.Webhooks", "Jamail", "Jamail.AspNetCore"];
        using var folder = new TemporaryFolder("pack");
        await File.WriteAllTextAsync(folder.File("pack.proj"), $"""
            <Project DefaultTargets="PackAll">
              <PropertyGroup>
                <Wanted>Configuration={Configuration};PackageVersion={Version};NoBuild=true</Wanted>
              </PropertyGroup>
              <ItemGroup>
                <Library Include="{string.Join(';', libraries.Select(name => Repository.PathOf("src", name, $"{name}.csproj")))}" />
              </ItemGroup>
              <Target Name="PackAll">
                <MSBuild Projects="@(Library)" Targets="Restore" Properties="$(Wanted);IsRestoring=true" />
                <MSBuild Projects="@(Library)" Targets="Pack" Properties="$(Wanted)" />
              </Target>
            </Project>
            """);
        await DotnetAsync(Repository.Root, "msbuild", folder.File("pack.proj"), "-nologo", "-v:q");
    }

    public Task DisposeAsync()
    {
        foreach (var file in Directory.GetFiles(Feed, $"*.{Version}.*nupkg"))
        {
            File.Delete(file);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _cache.Dispose();

    internal static string PathOf(string name) => Path.Combine(Feed, name);

    internal async Task<TemporaryFolder> CreateAsync(string sdk, string package, string program, params string[] furtherPackages)
    {
        var folder = new TemporaryFolder("app");
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } own
            ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var further = string.Concat(furtherPackages.Select(name => $"""<PackageReference Include="{name}" Version="10.0.0" />"""));
        await File.WriteAllTextAsync(folder.File("App.csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestorePackagesPath>{_cache.File("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{(Directory.Exists(known) ? known : "")}</RestoreFallbackFolders>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
                {further}
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(folder.File("Program.cs"), program);
        return folder;
    }

    /// <summary>Builds and runs the program with embedded servers.</summary>
    internal static async Task<string> RunAsync(TemporaryFolder project)
    {
        await DotnetAsync(project.Path, "build", "-c", "Release", "--nologo", "-v", "q", "-o", project.File("out"));
        return await Command.RunAsync("dotnet", [project.File("out/App.dll")], project.Path, new Dictionary<string, string>
        {
            ["Jamail__Embedded"] = "true",
            ["Jamail__DataDirectory"] = project.File("data"),
            ["ASPNETCORE_URLS"] = HostSettings.Address(Ports.Free()),
        });
    }

    private static Task<string> DotnetAsync(string folder, params string[] arguments) =>
        Command.RunAsync("dotnet", arguments, folder, new Dictionary<string, string>
        {
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
        });
}
