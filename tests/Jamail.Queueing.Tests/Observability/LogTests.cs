using Jamail.Queueing.Tests.Integration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jamail.Queueing.Tests.Observability;

public sealed class LogTests
{
    private readonly string _queue = QueueHost.NewName();

    [Fact]
    public async Task What_is_logged_while_a_job_runs_names_its_queue_and_id_and_never_its_payload()
    {
        var lines = new ScopedLines();
        await using var host = await QueueHost.StartAsync(_queue, configure: queueing =>
        {
            queueing.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines));
            queueing.AddQueue(_queue).AddProcessor<string, TellingProcessor>("tell").AddProcessor<int, TellingProcessor>("misfit");
        });

        var told = await host.Queue.AddAsync("tell", "canary-payload", new JobOptions { Attempts = 2 });
        var misfit = await host.Queue.AddAsync("misfit", "canary-payload");
        var unknown = await host.Queue.AddAsync("unknown", "canary-payload");
        await host.StateWhenAsync(told, JobState.Completed);
        await host.StateWhenAsync(misfit, JobState.Failed);
        await host.StateWhenAsync(unknown, JobState.Failed);

        var own = lines.All.Where(line => line.Text.StartsWith("working", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, own.Count);
        Assert.All(own, line => Assert.Equal((_queue, told.Value), ((string?)line.Scope["Queue"], (string?)line.Scope["JobId"])));
        Assert.Contains(lines.All, line => line.Text.Contains(misfit.Value, StringComparison.Ordinal) && (string?)line.Scope.GetValueOrDefault("JobId") == misfit.Value);
        Assert.DoesNotContain(lines.All, line => line.Text.Contains("canary", StringComparison.Ordinal));
    }

    private sealed class TellingProcessor(ILogger<TellingProcessor> logger) : IJobProcessor<string>, IJobProcessor<int>
    {
        public Task<JobOutcome> ProcessAsync(Job<string> job, CancellationToken cancellationToken)
        {
            logger.LogInformation("working on attempt {Attempt}", job.Attempt);
            return job.Attempt == 1
                ? throw new InvalidOperationException("once")
                : Task.FromResult<JobOutcome>(new JobOutcome.Completed("canary-result"));
        }

        public Task<JobOutcome> ProcessAsync(Job<int> job, CancellationToken cancellationToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Completed());
    }
}
