using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Webhooks.Bench;

/// <summary>The Jamail side: a host as an application has it, that publishes and delivers.</summary>
internal static class JamailSide
{
    public static async Task<int> RunAsync(SideSpec spec)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFilter(static level => level >= LogLevel.Warning);
        builder.Services.Configure<JamailHostOptions>(options =>
        {
            options.Redis = $"{spec.RedisHost}:{spec.RedisPort}";
            options.Database = spec.Database;
            options.Keys.Add(new JamailKey { Id = "k1", Key = Convert.ToBase64String(new byte[32]) });
        });
        builder.Services.AddJamailWebhooks().Configure(options =>
        {
            options.AllowedNetworks.Add("127.0.0.0/8");
            options.Concurrency = spec.Concurrency;
        });
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IWebhookEndpoints>().CreateAsync(new NewWebhookEndpoint
        {
            Url = spec.Url, Settings = new WebhookEndpointSettings { MaxInFlight = spec.Concurrency },
        });
        Console.WriteLine("""{"type":"ready"}""");
        await Console.In.ReadLineAsync();
        var publisher = host.Services.GetRequiredService<IWebhookPublisher>();
        await Parallel.ForAsync(
            0,
            spec.Events,
            new ParallelOptions { MaxDegreeOfParallelism = spec.Publishers },
            async (n, token) => await publisher.PublishAsync("order.paid", Payload(n), cancellationToken: token));
        Console.WriteLine("""{"type":"published"}""");
        await Console.In.ReadLineAsync();
        await host.StopAsync();
        return 0;
    }

    private static object Payload(int n) => new
    {
        type = "order.paid", timestamp = "2026-01-01T00:00:00Z", data = new { id = $"ord_{n}", total = 1999, note = "naïve café ✓", lines = new[] { 1, 2, 3 } },
    };
}
