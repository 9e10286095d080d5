using Jamail.TestSupport;

namespace ReferenceHost.Tests.Support;

/// <summary>The reference host as a process, the way it runs in production.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly DotnetProcess _process;

    private RunningHost(DotnetProcess process, string address)
    {
        _process = process;
        Api = new Api(address, () => process.Output);
    }

    public Api Api { get; }

    public string Output => _process.Output;

    /// <summary>Starts a host and waits until it is ready.</summary>
    public static async Task<RunningHost> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var host = Launch(settings, HostSettings.Address(Ports.Free()));
        await Eventually.True(
            async () => host.Ended("before it was ready") || (await host.Api.GetAsync("/health/ready")).Status == 200,
            "the host to be ready",
            TimeSpan.FromSeconds(60));
        return host;
    }

    /// <summary>Starts a host that is expected to refuse, and waits until it has ended.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RefuseAsync(IReadOnlyDictionary<string, string> settings, string? addresses = null)
    {
        await using var host = Launch(settings, addresses ?? HostSettings.Address(Ports.Free()));
        var code = await host._process.WaitForExitAsync();
        Assert.NotEqual(0, code);
        return host.Output;
    }

    /// <summary>Starts a host on these addresses and waits until it says that it has started.</summary>
    public static async Task<RunningHost> LaunchAsync(IReadOnlyDictionary<string, string> settings, string addresses)
    {
        var host = Launch(settings, addresses);
        await Eventually.True(
            () => host.Ended("before it started") || host.Output.Contains("Application started", StringComparison.Ordinal),
            "the host to start",
            TimeSpan.FromSeconds(60));
        return host;
    }

    /// <summary>Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> InterruptAsync() => _process.InterruptAsync();

    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _process.DisposeAsync();
    }

    private static RunningHost Launch(IReadOnlyDictionary<string, string> settings, string addresses)
    {
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = addresses,
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var process = DotnetProcess.Start(
            "ReferenceHost.dll", ["--contentRoot", Repository.PathOf("samples", "ReferenceHost")], environment);
        return new RunningHost(process, addresses.Split(';')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
    }

    private bool Ended(string when) => _process.HasExited
        ? throw new InvalidOperationException($"The host ended {when}. It printed:\n{Output}")
        : false;
}
