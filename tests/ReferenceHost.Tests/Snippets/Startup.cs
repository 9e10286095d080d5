using Jamail;
using Jamail.AspNetCore;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace ReferenceHost.Tests.Snippets;

internal static class Startup
{
    public static void Hosting(WebApplicationBuilder builder)
    {
        // snippet: hosting
        builder.Services.AddJamail()
            .Queueing(queueing => queueing
                .AddQueue("images", worker => worker.Concurrency = 4)
                .AddProcessor<ResizeRequest, ResizeProcessor>("resize"))
            .Mail(mail => mail.Configure(options => options.Attempts = 5))
            .Webhooks(webhooks => webhooks.Configure(options => options.Timeout = TimeSpan.FromSeconds(5)));
        // end
    }

    public static void Builder(WebApplicationBuilder builder)
    {
        // snippet: builder
        builder.Services.AddJamail()
            .Queueing(queueing => queueing.AddQueue("images").AddProcessor<ResizeRequest, ResizeProcessor>("resize"))
            .Mail(mail => mail.Configure(options => options.From = "Shop <shop@example.com>"))
            .WithoutWorkers();
        // end
    }

    public static async Task WorkerHost(string[] args)
    {
        // snippet: worker-host
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddJamail();
        await builder.Build().RunAsync();
        // end
    }

    public static void Map(WebApplicationBuilder builder)
    {
        // snippet: map
        builder.Services.AddJamail();

        var app = builder.Build();
        app.MapJamail("/api");
        app.MapJamailPublic();
        app.MapJamailHealth();
        // end
    }

    public static void AddQueue(WebApplicationBuilder builder)
    {
        // snippet: add-queue
        builder.Services.AddJamailQueueing()
            .AddQueue("images", worker => worker.Concurrency = 4)
            .AddProcessor<ResizeRequest, ResizeProcessor>("resize");
        // end
    }
}
