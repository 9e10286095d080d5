using System.Collections.Concurrent;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Producing;

/// <summary>A host that lets twenty bulk mails wait in the queue.</summary>
public class BulkFeedTests
{
    private const int Most = 20;
    private const int Count = 150;

    // Two of a host's twenty slots are kept free of bulk.
    private const int Running = 18;

    [Theory]
    [InlineData(Store.Postgres, false)]
    [InlineData(Store.Sqlite, false)]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Sqlite, true)]
    public async Task Bulk_above_the_mark_waits_in_the_database_until_there_is_room_and_all_of_it_goes_out(Store store, bool scheduled)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using (var producer = await StartAsync(system, works: false))
        {
            await producer.Mailer.SendManyAsync(Broadcast(scheduled ? DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1) : null));
            await StaysAtTheMarkAsync(producer);

            // Others do not wait behind them.
            await producer.Mailer.SendAsync(MailSystem.Mail("code@example.com"));
            Assert.Equal(1, (await producer.Queue.GetCountsAsync()).Waiting);
            Assert.Equal(Count - Most, await producer.ScalarAsync<long>("select count(*) from {t}mail_job where state = 3"));
        }

        await using var worker = await StartAsync(system, works: true);
        var most = 0L;
        await Eventually.True(
            async () =>
            {
                most = Math.Max(most, await BulkAsync(worker));
                return await worker.CountAsync(EmailStatus.Sent) == Count + 1;
            },
            "all mails to be sent");
        Assert.InRange(most, 0, Most);
        Assert.Equal(Count + 1, system.Sink.Messages.Select(message => message.Recipients.Single()).Distinct().Count());
        Assert.Equal(Count + 1, system.Sink.Messages.Count);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_a_server_put_off_does_not_hold_the_others_up(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var refused = 0;
        system.Sink.Refuse(SmtpStep.Rcpt, "451 4.3.0 later", when: _ => Interlocked.Increment(ref refused) <= Most);
        await using var host = await StartAsync(system, works: true);

        await host.Mailer.SendManyAsync(Broadcast(null));

        await SentAsync(host, Count - Most);
        Assert.Equal(Most, await host.CountAsync(EmailStatus.Deferred));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_is_moved_to_now_waits_for_room_as_well(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using (var producer = await StartAsync(system, works: false))
        {
            var batch = await producer.Mailer.SendManyAsync(Broadcast(DateTimeOffset.UtcNow + TimeSpan.FromHours(1)));
            foreach (var item in batch.Items)
            {
                await producer.Mailer.RescheduleAsync(item.Email!.Id, DateTimeOffset.UtcNow);
            }

            await StaysAtTheMarkAsync(producer);
        }

        await using var worker = await StartAsync(system, works: true);
        await SentAsync(worker, Count);
        Assert.Equal(Count, system.Sink.Messages.Count);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_is_sent_once_more_waits_for_room_as_well(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using (var producer = await StartAsync(system, works: false))
        {
            var batch = await producer.Mailer.SendManyAsync(Broadcast(DateTimeOffset.UtcNow + TimeSpan.FromHours(1)));
            await producer.Mailer.CancelBatchAsync(batch.Id);
            foreach (var item in batch.Items)
            {
                await producer.Mailer.ResendAsync(item.Email!.Id, new EmailResend());
            }

            await StaysAtTheMarkAsync(producer);
        }

        await using var worker = await StartAsync(system, works: true);
        await SentAsync(worker, Count);
        Assert.Equal(Count, system.Sink.Messages.Count);
    }

    /// <summary>Mails to two, whose first transaction was for one of them and is in doubt.</summary>
    [Theory]
    [InlineData(Store.Postgres, UncertainResolution.Resend)]
    [InlineData(Store.Sqlite, UncertainResolution.Resend)]
    [InlineData(Store.Postgres, UncertainResolution.Sent)]
    [InlineData(Store.Sqlite, UncertainResolution.Sent)]
    public async Task What_goes_on_after_a_doubt_waits_for_room_as_well(Store store, UncertainResolution resolution)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using (var producer = await StartAsync(system, works: false))
        {
            var broadcast = Broadcast(DateTimeOffset.UtcNow + TimeSpan.FromHours(1));
            await producer.Mailer.SendManyAsync(broadcast with { Emails = [.. broadcast.Emails.Select(mail => mail with { Bcc = [$"copy.of.{mail.To}"] })] });
            await producer.ExecuteAsync("update {t}mail_send_log set status = 9, scheduled_at = null, part_left = bcc");
            await producer.ExecuteAsync("delete from {t}mail_job");

            Assert.Equal(Count, await producer.Uncertain.ResolveAllAsync(new UncertainQuery(), resolution));

            await StaysAtTheMarkAsync(producer);
        }

        await using var worker = await StartAsync(system, works: true);
        await SentAsync(worker, Count);
        var recipients = system.Sink.Messages.Select(message => message.Recipients.Single()).ToList();
        Assert.Equal(resolution == UncertainResolution.Resend ? 2 * Count : Count, recipients.Distinct().Count());
        Assert.Equal(recipients.Distinct().Count(), recipients.Count);
        Assert.Equal(Count, recipients.Count(recipient => recipient.StartsWith("copy", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_is_left_of_mails_that_went_in_parts_waits_for_room_as_well(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var release = new TaskCompletionSource();
        var refused = new ConcurrentDictionary<string, bool>();
        system.Sink.Refuse(
            SmtpStep.Rcpt, "452 4.5.3 Too many recipients", when: line => line.Contains("copy", StringComparison.Ordinal) && refused.TryAdd(line, true));
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: Running);
        await using var host = await StartAsync(system, works: true);
        var broadcast = Broadcast(null);
        await host.Mailer.SendManyAsync(broadcast with { Emails = [.. broadcast.Emails.Select(mail => mail with { Bcc = [$"copy.of.{mail.To}"] })] });
        await Eventually.Equal(Running, () => held.Hits, "mails at their dot");

        // Those that find no slot of bulk go in and out of the queue until then.
        await host.Queue.PauseAsync();
        release.SetResult();

        await Eventually.Equal(
            (long)Running, () => host.ScalarAsync<long>("select count(*) from {t}mail_send_log where recipients_left is not null"), "mails that went in part");
        await StaysAtTheMarkAsync(host);
        await host.Queue.ResumeAsync();
        await SentAsync(host, Count);
        Assert.Equal(2 * Count, system.Sink.Messages.Count);
        Assert.Equal(2 * Count, system.Sink.Messages.SelectMany(message => message.Recipients).Distinct().Count());
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_batch_is_cancelled_as_a_whole_but_for_what_was_sent(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        RecordingSink.Clear(system.Settings.Prefix);
        await using var host = await StartAsync(system, works: false);
        var other = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "bulk" });
        var batch = await host.Mailer.SendManyAsync(Broadcast(null));
        var sent = batch.Items[0].Email!.Id;
        await host.ExecuteAsync("update {t}mail_send_log set status = 5 where id = @id", new { id = sent.Value });

        var result = await host.Mailer.CancelBatchAsync(batch.Id);
        var again = await host.Mailer.CancelBatchAsync(batch.Id);

        Assert.Equal(new EmailBatchCancellation(batch.Id, Count - 1, 1), result);
        Assert.Equal(new EmailBatchCancellation(batch.Id, 0, Count), again);
        Assert.Equal(Count - 1, await host.CountAsync(EmailStatus.Cancelled));
        Assert.Equal(EmailStatus.Sent, (await host.Log.TryGetAsync(sent.Value))!.Status);
        Assert.Equal(Count - 1, RecordingSink.Of(system.Settings.Prefix).Count(told => told.Type == "email.cancelled"));
        await Eventually.True(async () => await BulkAsync(host) <= 2, "their jobs to be gone");
        Assert.Equal(EmailStatus.Queued, (await host.Log.TryGetAsync(other.Value))!.Status);
        Assert.Equal(2, await host.ScalarAsync<long>("select count(*) from {t}mail_audit where action = 'batch.cancelled'"));
        foreach (var (id, tenant) in new[] { (batch.Id, "another"), ("unknown", JamailHostOptions.DefaultTenant) })
        {
            Assert.Equal(MailError.EmailNotFound, (await Assert.ThrowsAsync<MailException>(() => host.Mailer.CancelBatchAsync(id, tenant))).Error);
        }

        await using var worker = await StartAsync(system, works: true);
        await worker.WaitForAsync(other, EmailStatus.Sent);
        await worker.SweptAsync();
        Assert.Single(system.Sink.Messages);
    }

    private static EmailBatch Broadcast(DateTimeOffset? at) => new()
    {
        Emails = [.. Enumerable.Range(0, Count).Select(i => MailSystem.Mail($"user{i}@example.com") with { Category = "bulk", ScheduledAt = at })],
    };

    private static async Task StaysAtTheMarkAsync(MailHost host)
    {
        await Eventually.Equal(Most, async () => (int)await BulkAsync(host), "bulk mails in the queue");
        await host.SweptAsync();
        Assert.Equal(Most, await BulkAsync(host));
    }

    private static Task<int> SentAsync(MailHost host, int count) =>
        Eventually.Equal(count, () => host.CountAsync(EmailStatus.Sent), "mails sent");

    private static async Task<long> BulkAsync(MailHost host)
    {
        var counts = await host.Queue.GetCountsAsync();
        return counts.Prioritized + counts.Delayed;
    }

    private static Task<MailHost> StartAsync(MailSystem system, bool works) => system.StartHostAsync(settings => settings with
    {
        Works = works,
        Configure = mail => RecordingSink.AddTo(mail, settings.Prefix),
        More = new Dictionary<string, string?> { ["Jamail:Mail:MaxWaitingBulk"] = $"{Most}", ["Jamail:Mail:Smtp:MaxConnections"] = "30" },
    });
}
