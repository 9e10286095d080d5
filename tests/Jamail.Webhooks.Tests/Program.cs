using System.Diagnostics;
using System.Text.Json;
using Jamail.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The test assembly started as a program: a host that tests may kill. One argument: its settings as JSON.
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddInMemoryCollection(JsonSerializer.Deserialize<Dictionary<string, string?>>(args[0])!);
builder.Services.AddJamailWebhooks();
using var host = builder.Build();
host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(
    () => Console.WriteLine("""{"type":"ready"}"""));

// Tells the test when a request is over, which is before anything of it is recorded.
using var listener = new ActivityListener
{
    ShouldListenTo = source => source.Name == WebhooksTelemetry.ActivitySourceName,
    Sample = (ref _) => ActivitySamplingResult.AllData,
    ActivityStopped = activity =>
    {
        if (activity.OperationName == "webhook send")
        {
            Console.WriteLine("""{"type":"sent"}""");
        }
    },
};
ActivitySource.AddActivityListener(listener);
await host.RunAsync();
