using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Jamail.Queueing.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public void Adding_twice_changes_nothing_and_leads_to_the_same_queues()
    {
        var services = new ServiceCollection();
        services.Configure<JamailHostOptions>(options => options.Redis = "127.0.0.1:1");
        services.AddJamailQueueing().AddQueue("images").AddProcessor<int, Processor>("resize");
        var before = services.Count;

        services.AddJamailQueueing().AddQueue("images").AddProcessor<int, Processor>("resize");

        Assert.Equal(before, services.Count);
        using var provider = services.BuildServiceProvider();
        Assert.Equal(["images"], provider.GetRequiredService<IJobQueues>().Names.Select(name => name.Value));
        Assert.Same(
            provider.GetRequiredKeyedService<IJobQueue>("images"), provider.GetRequiredService<IJobQueues>().Get("images"));
        Assert.Same(
            provider.GetRequiredKeyedService<IJobQueueInspector>("images"),
            provider.GetRequiredService<IJobQueues>().Inspect("images"));
    }

    [Fact]
    public void The_delegate_wins_over_the_section_and_the_section_over_the_default()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Jamail:Queueing:Prefix", "{jobs}"),
            new("Jamail:Queueing:Workers:images:Concurrency", "7"),
            new("Jamail:Queueing:Workers:images:LockDuration", "00:00:45"),
        ]).Build());
        services.AddJamailQueueing().AddQueue("images", worker => worker.Concurrency = 9).AddProcessor<int, Processor>("a");
        using var provider = services.BuildServiceProvider();

        var worker = provider.GetRequiredService<IOptionsMonitor<JobWorkerOptions>>().Get("images");

        Assert.Equal((9, TimeSpan.FromSeconds(45), 1), (worker.Concurrency, worker.LockDuration, worker.MaxStalledCount));
        Assert.Equal("{jobs}", provider.GetRequiredService<IOptions<QueueingOptions>>().Value.Prefix);
    }

    [Fact]
    public void Configuration_says_how_long_finished_jobs_stay()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Jamail:Queueing:RemoveOnComplete:Count", "5"),
            new("Jamail:Queueing:RemoveOnFail", "forever"),
            new("Jamail:Queueing:Workers:images:RemoveOnComplete:Age", "00:10:00"),
            new("Jamail:Queueing:Workers:images:RemoveOnFail", "None"),
        ]).Build());
        services.AddJamailQueueing().AddQueue("images");
        using var provider = services.BuildServiceProvider();

        var all = provider.GetRequiredService<IOptions<QueueingOptions>>().Value;
        var worker = provider.GetRequiredService<IOptionsMonitor<JobWorkerOptions>>().Get("images");

        Assert.Equal(JobRetention.For(TimeSpan.FromHours(24), 5), all.RemoveOnComplete);
        Assert.Equal(JobRetention.Forever, all.RemoveOnFail);
        Assert.Equal(JobRetention.For(TimeSpan.FromMinutes(10)), worker.RemoveOnComplete);
        Assert.Equal(JobRetention.None, worker.RemoveOnFail);
    }

    [Fact]
    public void Every_wrong_setting_of_a_worker_is_reported_at_once()
    {
        var services = new ServiceCollection();
        services.AddJamailQueueing().AddQueue("images", worker =>
        {
            worker.Concurrency = 0;
            worker.LockRenewInterval = TimeSpan.FromSeconds(20);
            worker.IdleWait = TimeSpan.Zero;
        });
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IOptionsMonitor<JobWorkerOptions>>().Get("images"));

        Assert.Equal(3, error.Failures.Count());
        Assert.All(error.Failures, failure => Assert.Contains("'images'", failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_processors_for_one_name_and_a_worker_with_none_are_reported_at_once()
    {
        var services = new ServiceCollection();
        services.AddJamailQueueing()
            .AddQueue("images").AddProcessor<int, Processor>("resize").AddProcessor<int, Other>("resize")
            .AddQueue("empty", worker => worker.Concurrency = 2);
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IOptions<QueueingOptions>>().Value);

        Assert.Equal(2, error.Failures.Count());
        Assert.Contains("'resize'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'empty'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mail:eu")]
    public void A_queue_name_that_cannot_be_one_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddJamailQueueing().AddQueue(name));

    private sealed class Processor : IJobProcessor<int>
    {
        public Task<JobOutcome> ProcessAsync(Job<int> job, CancellationToken cancellationToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Completed());
    }

    private sealed class Other : IJobProcessor<int>
    {
        public Task<JobOutcome> ProcessAsync(Job<int> job, CancellationToken cancellationToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Completed());
    }
}
