using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Jamail.Queueing.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Queueing.Tests.Middleware;

public sealed class MiddlewareTests
{
    private readonly string _queue = QueueHost.NewName();
    private readonly ConcurrentQueue<string> _seen = new();

    [Fact]
    public async Task Middleware_around_an_add_runs_in_order_and_changes_the_job()
    {
        await using var host = await StartAsync(queueing => queueing.UseOnAdd<First>().UseOnAdd<Second>().UseOnAdd<First>());

        var id = await host.Queue.AddAsync("n", new { a = 1 });

        Assert.Equal(["first n", "second n-1", $"second done {id}", $"first done {id}"], _seen);
        var job = await host.GetAsync(id);
        Assert.Equal(("n-1-2", """{"a":1}""", 7), (job.Name, job.Data, job.Priority));
    }

    [Fact]
    public async Task A_bulk_goes_through_it_job_by_job_in_order()
    {
        await using var host = await StartAsync(queueing => queueing.UseOnAdd<First>());

        var added = await host.Queue.AddManyAsync([new NewJob<int>("a", 1), new NewJob<int>("skip", 2), new NewJob<int>("b", 3)]);

        Assert.Equal(["first a", "first skip", "first b"], _seen.Take(3));
        Assert.Equal("skipped", added[1].Id!.Value.Value);
        Assert.Equal("b-1", (await host.GetAsync(added[2].Id!.Value)).Name);
        Assert.Equal(2, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    [Fact]
    public async Task What_it_throws_before_the_add_keeps_a_whole_bulk_out()
    {
        await using var host = await StartAsync(queueing => queueing.UseOnAdd<First>());

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Queue.AddManyAsync([new NewJob<int>("a", 1), new NewJob<int>("throw", 2)]));
        var single = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Queue.AddAsync("throw", 1));

        Assert.Equal(("no", "no"), (fault.Message, single.Message));
        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    [Fact]
    public async Task The_jobs_of_a_flow_go_through_it_and_none_may_be_left_out()
    {
        await using var host = await StartAsync(queueing => queueing.UseOnAdd<First>());
        var flows = host.Services.GetRequiredService<IJobFlows>();

        var flow = await flows.AddAsync(new FlowJob(_queue, "p", 1) { Children = [new(_queue, "c", 2), new(_queue, "d", 3)] });

        Assert.Equal(["first p", "first c", "first d"], _seen.Take(3));
        Assert.Equal("d-1", (await host.GetAsync(flow.Children[1].Job.Id)).Name);
        Assert.Contains($"first done {flow.Job.Id}", _seen);
        var hole = await Assert.ThrowsAsync<InvalidOperationException>(
            () => flows.AddAsync(new FlowJob(_queue, "p", 1) { Children = [new(_queue, "skip", 2)] }));
        Assert.Contains("'skip'", hole.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    [Fact]
    public async Task What_middleware_makes_of_a_job_is_checked_like_what_a_caller_gives()
    {
        await using var host = await StartAsync(queueing => queueing.UseOnAdd<First>());

        await Assert.ThrowsAsync<ArgumentException>(() => host.Queue.AddAsync("bad", 1));

        Assert.Equal(0, (await host.Inspector.GetCountsAsync()).Waiting);
    }

    [Fact]
    public async Task Middleware_around_a_processor_runs_in_order_in_the_scope_of_the_job()
    {
        await using var host = await StartAsync(
            queueing => queueing.UseOnProcess<Outer>().UseOnProcess<Inner>(),
            (job, _) =>
            {
                _seen.Enqueue($"processor {job.Payload}");
                return job.Name == "throw" ? throw new InvalidOperationException("broken") : Task.FromResult<JobOutcome>(new JobOutcome.Completed());
            });

        var done = await host.Queue.AddAsync("n", 1);
        await host.StateWhenAsync(done, JobState.Completed);
        var failed = await host.Queue.AddAsync("throw", 2);
        await host.StateWhenAsync(failed, JobState.Failed);
        var never = await host.Queue.AddAsync("refuse", 3);
        await host.StateWhenAsync(never, JobState.Failed);

        Assert.Equal(
            [
                "outer 1", "inner 1", "processor 101", "inner Completed", "outer Completed",
                "outer 2", "inner 2", "processor 102", "outer broken", "outer 3",
            ],
            _seen);
        Assert.Equal("refused", (await host.GetAsync(never)).FailedReason);
    }

    private Task<QueueHost> StartAsync(Action<QueueingBuilder> configure, JobHandler? handler = null) =>
        QueueHost.StartAsync(_queue, handler, configure: queueing =>
        {
            queueing.Services.AddSingleton(_seen);
            queueing.Services.AddScoped<Scoped>();
            configure(queueing);
        });

    private sealed class First(ConcurrentQueue<string> seen) : IJobAddMiddleware
    {
        public async Task<JobId> AddAsync(JobAddition job, NextAdd next, CancellationToken cancellationToken)
        {
            seen.Enqueue($"first {job.Name}");
            await Task.Yield();
            if (job.Name is "throw" or "skip")
            {
                return job.Name == "skip" ? JobId.Choose("skipped") : throw new InvalidOperationException("no");
            }

            var options = (job.Options ?? new JobOptions()) with { Attempts = job.Name == "bad" ? 0 : 2 };
            var id = await next(job with { Name = job.Name + "-1", Options = options }, cancellationToken);
            seen.Enqueue($"first done {id}");
            return id;
        }
    }

    private sealed class Second(ConcurrentQueue<string> seen) : IJobAddMiddleware
    {
        public async Task<JobId> AddAsync(JobAddition job, NextAdd next, CancellationToken cancellationToken)
        {
            seen.Enqueue($"second {job.Name}");
            var id = await next(job with { Name = job.Name + "-2", Options = job.Options! with { Priority = 7 } }, cancellationToken);
            seen.Enqueue($"second done {id}");
            return id;
        }
    }

    private sealed class Scoped;

    private sealed class Outer(ConcurrentQueue<string> seen, Scoped scoped) : IJobProcessMiddleware
    {
        public Scoped Scope { get; } = scoped;

        public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, NextProcess next, CancellationToken cancellationToken)
        {
            seen.Enqueue($"outer {Encoding.UTF8.GetString(job.Payload.Utf8.Span)}");
            if (job.Name == "refuse")
            {
                return new JobOutcome.Abandoned("refused");
            }

            try
            {
                var outcome = await next(job, cancellationToken);
                seen.Enqueue($"outer {outcome.GetType().Name}");
                return outcome;
            }
            catch (InvalidOperationException fault)
            {
                seen.Enqueue($"outer {fault.Message}");
                throw;
            }
        }
    }

    private sealed class Inner(ConcurrentQueue<string> seen, Outer outer, Scoped scoped) : IJobProcessMiddleware
    {
        public async Task<JobOutcome> ProcessAsync(Job<RawJson> job, NextProcess next, CancellationToken cancellationToken)
        {
            Assert.Same(outer.Scope, scoped);
            var number = JsonSerializer.Deserialize<int>(job.Payload.Utf8.Span);
            seen.Enqueue($"inner {number}");
            var changed = new RawJson(JsonSerializer.SerializeToUtf8Bytes(number + 100));
            var outcome = await next(job with { Payload = changed }, cancellationToken);
            seen.Enqueue($"inner {outcome.GetType().Name}");
            return outcome;
        }
    }
}
