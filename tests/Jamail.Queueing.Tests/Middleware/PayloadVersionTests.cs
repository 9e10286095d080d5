using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Jamail.Queueing.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing.Tests.Middleware;

public sealed class PayloadVersionTests
{
    private readonly string _queue = QueueHost.NewName();
    private readonly ConcurrentQueue<Resize> _seen = new();

    [Fact]
    public async Task Payloads_of_every_version_reach_the_processor_in_its_own()
    {
        await using var host = await StartAsync(queue => queue.AddUpcaster<FromOne>("resize", 1).AddUpcaster<FromTwo>("resize", 2));

        var first = await host.Queue.AddAsync("resize", Json("""{"size":10}"""));
        await host.StateWhenAsync(first, JobState.Completed);
        var second = await host.Queue.AddAsync("resize", Json("""{"width":20}"""), new JobOptions { PayloadVersion = 2 });
        await host.StateWhenAsync(second, JobState.Completed);
        var third = await host.Queue.AddAsync("resize", new Resize(30, 31));
        await host.StateWhenAsync(third, JobState.Completed);

        Assert.Equal([new Resize(10, 10), new Resize(20, 20), new Resize(30, 31)], _seen);
        Assert.Equal("""{"size":10}""", (await host.GetAsync(first)).Data);
        Assert.Equal("""{"attempts":0,"payloadVersion":3}""", (await host.GetAsync(third)).Options);
    }

    [Fact]
    public async Task A_payload_without_a_way_to_the_processors_version_fails_and_says_what_is_missing()
    {
        await using var host = await StartAsync(queue => queue.AddUpcaster<FromTwo>("resize", 2));

        var old = await host.Queue.AddAsync("resize", Json("{}"), new JobOptions { Attempts = 3 });
        var newer = await host.Queue.AddAsync("resize", Json("{}"), new JobOptions { PayloadVersion = 4 });
        await host.StateWhenAsync(old, JobState.Failed);
        await host.StateWhenAsync(newer, JobState.Failed);

        Assert.Contains("AddUpcaster(\"resize\", 1)", (await host.GetAsync(old)).FailedReason, StringComparison.Ordinal);
        Assert.Contains("has version 4, but this worker knows versions up to 3", (await host.GetAsync(newer)).FailedReason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Queue.AddAsync("resize", 1, new JobOptions { PayloadVersion = 0 }));
    }

    [Fact]
    public void Upcasters_that_can_never_run_are_reported_when_the_host_starts()
    {
        var services = new ServiceCollection();
        services.AddJamailQueueing().AddQueue("q").AddProcessor<Resize, ResizeProcessor>("resize")
            .AddUpcaster<FromOne>("resize", 3).AddUpcaster<FromOne>("resize", 0).AddUpcaster<FromOne>("other", 1)
            .AddUpcaster<FromOne>("resize", 1).AddUpcaster<FromTwo>("resize", 1);
        using var provider = services.BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<QueueingOptions>>().Value);

        Assert.Equal(4, refusal.Failures.Count());
        Assert.Contains(refusal.Failures, failure => failure.Contains("is from version 3 but must be from 1 to 2", StringComparison.Ordinal));
        Assert.Contains(refusal.Failures, failure => failure.Contains("no processor of that name", StringComparison.Ordinal));
        Assert.Contains(refusal.Failures, failure => failure.Contains("has 2 upcasters from version 1", StringComparison.Ordinal));
    }

    private static RawJson Json(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task<QueueHost> StartAsync(Action<QueueBuilder> configure) =>
        QueueHost.StartAsync(_queue, configure: queueing =>
        {
            queueing.Services.AddSingleton(_seen);
            configure(queueing.AddQueue(_queue).AddProcessor<Resize, ResizeProcessor>("resize"));
        });

    [PayloadVersion(3)]
    private sealed record Resize(int Width, int Height);

    private sealed class ResizeProcessor(ConcurrentQueue<Resize> seen) : IJobProcessor<Resize>
    {
        public Task<JobOutcome> ProcessAsync(Job<Resize> job, CancellationToken cancellationToken)
        {
            seen.Enqueue(job.Payload);
            return Task.FromResult<JobOutcome>(new JobOutcome.Completed());
        }
    }

    private sealed class FromOne : IPayloadUpcaster
    {
        public JsonNode Upcast(JsonNode? payload) => new JsonObject { ["width"] = payload!["size"]!.DeepClone() };
    }

    private sealed class FromTwo : IPayloadUpcaster
    {
        public JsonNode? Upcast(JsonNode? payload)
        {
            payload!["height"] = payload["width"]!.DeepClone();
            return payload;
        }
    }
}
