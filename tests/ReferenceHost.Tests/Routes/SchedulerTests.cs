using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class SchedulerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new("host");
    private RunningHost _host = null!;
    private IHost _producer = null!;

    private Api Api => _host.Api;

    public async Task InitializeAsync()
    {
        var settings = await HostSettings.ForAsync(Store.Sqlite, _folder);
        _host = await RunningHost.StartAsync(settings);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.Services.AddJamailQueueing();
        _producer = builder.Build();
    }

    public async Task DisposeAsync()
    {
        _producer.Dispose();
        await _host.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Schedulers_of_a_queue_are_listed_and_read_with_their_next_runs()
    {
        var schedulers = _producer.Services.GetRequiredService<IJobQueues>().Schedulers("email-sending");
        var start = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await schedulers.UpsertAsync(
            "yearly", new JobSchedule.Cron("0 9 1 7 *", "Europe/Berlin") { StartAt = start }, "report", new { secret = "canary", kind = 1 });
        await schedulers.UpsertAsync("often", new JobSchedule.Every(TimeSpan.FromHours(1)) { StartAt = start, Limit = 2 }, "n", 1);

        var listed = (await Api.GetAsync("/api/queues/email-sending/schedulers?limit=1")).Expect(200);
        Assert.Equal("often", listed.Items[0].GetProperty("id").GetString());
        Assert.Equal(3_600_000, listed.Items[0].GetProperty("everyMs").GetDouble());
        Assert.Equal(2, listed.Items[0].GetProperty("nextRuns").GetArrayLength());
        var rest = (await Api.GetAsync($"/api/queues/email-sending/schedulers?cursor={listed["next"].GetString()}")).Expect(200);
        Assert.Equal(["yearly"], rest.Items.Select(item => item.GetProperty("id").GetString()));

        var yearly = (await Api.GetAsync("/api/queues/email-sending/schedulers/yearly")).Expect(200);
        Assert.Equal(("0 9 1 7 *", "Europe/Berlin"), (yearly["pattern"].GetString(), yearly["timeZone"].GetString()));
        Assert.Equal(new DateTimeOffset(2031, 7, 1, 7, 0, 0, TimeSpan.Zero), yearly["nextRuns"][0].GetDateTimeOffset());
        Assert.Equal(5, yearly["nextRuns"].GetArrayLength());
        Assert.DoesNotContain("canary", yearly.Text, StringComparison.Ordinal);

        (await Api.GetAsync("/api/queues/email-sending/schedulers/nobody")).Expect(404);
        (await Api.GetAsync("/api/queues/nowhere/schedulers")).Expect(404);
        (await Api.GetAsync("/api/queues/email-sending/schedulers?cursor=x")).Expect(422, "cursor");
    }
}
