using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jamail.Interop.Tests;

public sealed class TracingTests : InteropTest
{
    [Theory, MemberData(nameof(NodeClient.Majors), MemberType = typeof(NodeClient))]
    public async Task One_trace_goes_from_a_node_producer_through_a_NET_worker_and_back(string major)
    {
        using var spans = new Spans();
        var back = $"{QueueName}-back";
        using var host = await StartAsync(back);
        var connection = new JsonObject { ["host"] = Redis.Host, ["port"] = Redis.Port };

        await using var node = await NodeProcess.StartAsync("otel.mjs", [major, connection.ToJsonString(), QueueName, back]);
        var told = await node.ReadMessageAsync(TimeSpan.FromSeconds(60));
        await host.StopAsync();

        var traceId = told.GetProperty("traceId").GetString();
        var process = Assert.Single(spans.All, span => span.DisplayName == $"process {QueueName}");
        var add = Assert.Single(spans.All, span => span.DisplayName == $"add {back}.back");
        Assert.Equal(traceId, process.TraceId.ToHexString());
        Assert.Equal(process.SpanId, add.ParentSpanId);

        var nodeSpans = told.GetProperty("spans").EnumerateArray().ToList();
        Assert.Contains(nodeSpans, span => span.GetProperty("id").GetString() == process.ParentSpanId.ToHexString());
        Assert.Contains(
            nodeSpans,
            span => span.GetProperty("parent").GetString() == add.SpanId.ToHexString()
                && span.GetProperty("trace").GetString() == traceId);
        Assert.Contains(add.Id!, told.GetProperty("tm").GetString(), StringComparison.Ordinal);
    }

    private async Task<IHost> StartAsync(string back)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Jamail:Redis", Redis.ConnectionString)]);
        builder.Services.AddSingleton(new Back(back));
        builder.Services.AddJamailQueueing().AddQueue(QueueName).AddProcessor<JsonElement, BackProcessor>("work");
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private sealed record Back(string Queue);

    private sealed class BackProcessor(IJobQueues queues, Back back) : IJobProcessor<JsonElement>
    {
        public async Task<JobOutcome> ProcessAsync(Job<JsonElement> job, CancellationToken cancellationToken)
        {
            await queues.Get(back.Queue).AddAsync("back", job.Payload, cancellationToken: cancellationToken);
            return new JobOutcome.Completed();
        }
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

        public IReadOnlyCollection<Activity> All => _all;

        public void Dispose() => _listener.Dispose();
    }
}
