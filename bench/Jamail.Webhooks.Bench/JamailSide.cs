using System.Diagnostics;
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
        using var counts = new SideCounts(spec.Spans);
        using var host = Build(spec);
        await host.StartAsync();
        if (spec.Publishes)
        {
            await host.Services.GetRequiredService<IWebhookEndpoints>().CreateAsync(new NewWebhookEndpoint
            {
                Url = spec.Url, Settings = new WebhookEndpointSettings { MaxInFlight = spec.Concurrency * 2 },
            });
        }

        Console.WriteLine("""{"type":"ready"}""");
        var publisher = host.Services.GetRequiredService<IWebhookPublisher>();
        while (await SideOrder.ReadAsync() is { Events: not 0 } order)
        {
            if (order == SideOrder.Count)
            {
                Console.WriteLine($$"""{"type":"counts","counts":{{counts.ToJson()}}}""");
                continue;
            }

            counts.Clear();
            await PublishAsync(publisher, spec, order);
            Console.WriteLine("""{"type":"published"}""");
        }

        await host.StopAsync();
        return 0;
    }

    private static IHost Build(SideSpec spec)
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
        return builder.Build();
    }

    private static Task PublishAsync(IWebhookPublisher publisher, SideSpec spec, SideOrder order)
    {
        var began = Stopwatch.GetTimestamp();
        return Parallel.ForAsync(
            0,
            order.Events,
            new ParallelOptions { MaxDegreeOfParallelism = spec.Publishers },
            async (n, token) =>
            {
                if (order.PerSecond > 0 && TimeSpan.FromSeconds((double)n / order.PerSecond) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early, token);
                }

                await publisher.PublishAsync("order.paid", Payload(n), cancellationToken: token);
            });
    }

    private static object Payload(int n) => new
    {
        type = "order.paid",
        timestamp = "2026-01-01T00:00:00Z",
        at = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMilliseconds,
        data = new { id = $"ord_{n}", total = 1999, note = "naïve café ✓", lines = new[] { 1, 2, 3 } },
    };
}
