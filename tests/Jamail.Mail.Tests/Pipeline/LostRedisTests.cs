using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class LostRedisTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task When_Redis_is_emptied_while_mails_wait_all_arrive_and_none_twice(Store store)
    {
        var count = Proof.Size(500, 1_000);
        await using var system = await MailSystem.CreateAsync(store, ownRedis: true);
        await using (var producer = await system.StartHostAsync(settings => settings with { Works = false }))
        {
            await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
                producer.Mailer.SendAsync(MailSystem.Mail($"user{i}@example.com"))));
            await Eventually.Equal(count, async () => (int)(await producer.Queue.GetCountsAsync()).Waiting, "waiting jobs");
        }

        await using var worker = await system.StartHostAsync(settings => settings with { Concurrency = 5, NodeWorkers = false });
        await system.Sink.WaitForAsync(50);
        await system.Redis.FlushAllAsync();

        await system.Sink.WaitForAsync(count, TimeSpan.FromSeconds(60));
        await Eventually.Equal(count, () => worker.CountAsync(EmailStatus.Sent), "sent mails", TimeSpan.FromSeconds(60));
        await Eventually.Equal(
            0L, async () => Unfinished(await worker.Queue.GetCountsAsync()), "jobs left", TimeSpan.FromSeconds(60));
        Assert.Equal(count, system.Sink.Messages.Count);
        Assert.Equal(count, system.Sink.Messages.Select(message => message.MessageId).Distinct().Count());
        Proof.Note($"Redis emptied while e-mails wait, {store}: e-mails that arrived once", "e-mails", count);
    }

    /// <summary>Mails are under way, waiting and being accepted when Redis ends; it comes back without its memory, or with all of it.</summary>
    [Theory]
    [InlineData(Store.Postgres, false)]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Sqlite, false)]
    [InlineData(Store.Sqlite, true)]
    public async Task When_Redis_restarts_in_the_middle_all_mails_arrive_and_none_twice(Store store, bool remembers)
    {
        var count = Proof.Size(200, 1_000);
        await using var system = await MailSystem.CreateAsync(store, ownRedis: true, redisOptions: new RedisServerOptions { AppendOnly = remembers });
        await using var host = await system.StartHostAsync(settings => settings with { Concurrency = 5, NodeWorkers = false });
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 5);
        var early = await Task.WhenAll(Enumerable.Range(0, count / 2).Select(i => host.Mailer.SendAsync(MailSystem.Mail($"user{i}@example.com"))));
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await system.Redis.StopAsync();
        release.SetResult();
        var late = await Task.WhenAll(Enumerable.Range(count / 2, count / 2).Select(i => host.Mailer.SendAsync(MailSystem.Mail($"user{i}@example.com"))));
        await system.Redis.StartAsync();

        await system.Sink.WaitForAsync(count, TimeSpan.FromSeconds(90));
        await Eventually.Equal(count, () => host.CountAsync(EmailStatus.Sent), "sent mails", TimeSpan.FromSeconds(60));
        await Eventually.Equal(0L, async () => Unfinished(await host.Queue.GetCountsAsync()), "jobs left", TimeSpan.FromSeconds(60));
        Assert.Equal(early.Length + late.Length, system.Sink.Messages.Select(message => message.MessageId).Distinct().Count());
        Assert.Equal(count, system.Sink.Messages.Count);
        Proof.Note($"Redis restarted {(remembers ? "with" : "without")} its memory while e-mails are under way, {store}: e-mails that arrived once", "e-mails", count);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_accepted_while_Redis_is_away_goes_out_when_it_is_back(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store, ownRedis: true);
        await using var host = await system.StartHostAsync();
        var before = await host.Mailer.SendAsync(MailSystem.Mail(subject: "before"));
        await host.WaitForAsync(before, EmailStatus.Sent);

        await system.Redis.StopAsync();
        var id = await host.Mailer.SendAsync(MailSystem.Mail(subject: "meanwhile"));
        Assert.Equal(EmailStatus.Queued, (await host.Log.TryGetAsync(id.Value))!.Status);
        await system.Redis.StartAsync();

        await host.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60));
        Assert.Equal(2, system.Sink.Messages.Count);
    }

    [Fact]
    public async Task A_mail_whose_job_vanished_without_a_trace_is_sent_when_only_Jamail_works_the_queue()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (id, worker) = await LoseJobAsync(system, nodeWorkers: false);
        await using var _ = worker;

        await worker.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60));
        Assert.Single(system.Sink.Messages);
    }

    [Fact]
    public async Task A_mail_whose_job_vanished_without_a_trace_is_uncertain_when_others_work_the_queue_too()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var (id, worker) = await LoseJobAsync(system, nodeWorkers: true);
        await using var _ = worker;

        await worker.WaitForAsync(id, EmailStatus.Uncertain, TimeSpan.FromSeconds(60));
        Assert.Empty(system.Sink.Messages);
    }

    private static async Task<(EmailId Id, MailHost Worker)> LoseJobAsync(MailSystem system, bool nodeWorkers)
    {
        MailHostSettings Change(MailHostSettings settings) => settings with
        {
            NodeWorkers = nodeWorkers, Lock = TimeSpan.FromMilliseconds(500), Stalled = TimeSpan.FromMilliseconds(250),
        };
        EmailId id;
        await using (var producer = await system.StartHostAsync(settings => Change(settings) with { Works = false }))
        {
            id = await producer.Mailer.SendAsync(MailSystem.Mail());
            var job = JobId.Parse($"mail-{id}");
            await Eventually.True(async () => await producer.Queue.TryGetJobAsync(job) is not null, "the job to be there");
            Assert.True(await producer.Queue.RemoveAsync(job));
        }

        return (id, await system.StartHostAsync(Change));
    }

    private static long Unfinished(JobCounts counts) => counts.Waiting + counts.Active + counts.Delayed + counts.Prioritized;
}
