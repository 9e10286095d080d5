using System.Globalization;
using System.Text.Json;
using Jamail.TestWorker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// One argument: the settings as JSON. Says {"type":"ready"} when it works; ends on SIGTERM like any service.
var settings = JsonSerializer.Deserialize<Dictionary<string, string?>>(args[0])!;
if (settings.TryGetValue("Work:Culture", out var culture))
{
    CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = new CultureInfo(culture!, useUserOverride: false);
}

using var host = await WorkerHost.BuildAsync(settings);
host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(
    () => Console.WriteLine("""{"type":"ready"}"""));
await host.RunAsync();
