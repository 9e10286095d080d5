using System.Collections.Concurrent;
using System.Diagnostics;
using Jamail.Queueing.Tests.Integration;
using Jamail.TestSupport;

namespace Jamail.Queueing.Tests.Observability;

[Collection(nameof(TracingTests))]
[CollectionDefinition(nameof(TracingTests), DisableParallelization = true)]
public sealed class TracingTests
{
    private static readonly JobOutcome Done = new JobOutcome.Completed();

    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task An_attempt_is_a_span_below_the_add_that_made_the_job()
    {
        using var spans = new Spans();
        await using var host = await QueueHost.StartAsync(_queue, (job, _) =>
            job.Attempt == 1 ? throw new InvalidOperationException("once") : Task.FromResult(Done));
        using var request = new Activity("request").Start();

        var id = await host.Queue.AddAsync("resize", 1, new JobOptions { Attempts = 2 });
        await host.StateWhenAsync(id, JobState.Completed);

        var own = await Eventually.Satisfies(() => Task.FromResult(spans.Of(_queue)), found => found.Count == 3, "three spans");
        Assert.Equal([$"add {_queue}.resize", $"process {_queue}", $"process {_queue}"], own.Select(span => span.DisplayName));
        Assert.All(own, span => Assert.Equal(request.TraceId, span.TraceId));
        Assert.Equal(request.SpanId, own[0].ParentSpanId);
        Assert.All(own.Skip(1), span => Assert.Equal(own[0].SpanId, span.ParentSpanId));
        Assert.Equal([ActivityKind.Producer, ActivityKind.Consumer, ActivityKind.Consumer], own.Select(span => span.Kind));
        Assert.Equal(["retried", "completed"], own.Skip(1).Select(span => span.GetTagItem(QueueingTelemetry.OutcomeTag)));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], own.Skip(1).Select(span => span.Status));
    }

    [Fact]
    public async Task The_context_travels_even_when_nobody_listens_and_a_given_one_wins()
    {
        const string Given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var host = await QueueHost.StartAsync(_queue);
        using var request = new Activity("request").Start();

        var id = await host.Queue.AddAsync("n", 1);
        var other = await host.Queue.AddAsync("n", 1, new JobOptions { TraceParent = Given });
        var many = await host.Queue.AddManyAsync([new NewJob<int>("n", 1)]);
        request.Stop();
        var none = await host.Queue.AddAsync("n", 1);

        Assert.Contains($"\"tm\":\"{{\\u0022traceparent\\u0022:\\u0022{request.Id}", (await host.GetAsync(id)).Options, StringComparison.Ordinal);
        Assert.Contains(Given, (await host.GetAsync(other)).Options, StringComparison.Ordinal);
        Assert.Contains(request.Id!, (await host.GetAsync(many[0].Id!.Value)).Options, StringComparison.Ordinal);
        Assert.Equal("""{"attempts":0}""", (await host.GetAsync(none)).Options);
    }

    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _all = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == QueueingTelemetry.ActivitySourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _all.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Of(string queue) =>
            [.. _all.Where(span => (string?)span.GetTagItem("messaging.destination.name") == queue).OrderBy(span => span.StartTimeUtc)];

        public void Dispose() => _listener.Dispose();
    }
}
