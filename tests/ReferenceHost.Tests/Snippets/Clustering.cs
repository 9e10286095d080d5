using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;

namespace ReferenceHost.Tests.Snippets;

internal static class Clustering
{
    public static void Add(WebApplicationBuilder builder)
    {
        // snippet: cluster-queue
        builder.Services.AddJamailQueueing()
            .AddQueue("{images}", worker => worker.Concurrency = 4)
            .AddProcessor<ResizeRequest, ResizeProcessor>("resize");
        // end
    }
}
