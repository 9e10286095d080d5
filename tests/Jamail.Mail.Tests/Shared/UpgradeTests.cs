using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Jamail.Mail.Tests.Support;
using Jamail.Shared;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Jamail.Mail.Tests.Shared;

/// <summary>A database as hosts before the table of jobs left it (migration 9), with mails in every state, brought to the present.</summary>
public class UpgradeTests
{
    private const int Before = 8;

    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private static readonly Old[] Mails =
    [
        new("scheduled", EmailStatus.Scheduled, EmailStatus.Sent) { JobState = 1, ScheduledAt = Now + 3_000, JobDueAt = Now + 3_000 },
        new("wanted", EmailStatus.Queued, EmailStatus.Sent) { JobState = 1 },
        new("confirmed", EmailStatus.Queued, EmailStatus.Sent) { JobState = 2 },
        new("abandoned", EmailStatus.Sending, EmailStatus.Uncertain) { JobState = 2, ClaimUntil = Now - 60_000 },
        new("deferred", EmailStatus.Deferred, EmailStatus.Sent) { JobState = 2, NextAttemptAt = Now + 1_000 },
        new("retrying", EmailStatus.Retrying, EmailStatus.Sent) { JobState = 2 },
        new("held", EmailStatus.Uncertain, EmailStatus.Uncertain),
        new("doubtful", EmailStatus.Uncertain, EmailStatus.Sent) { JobState = 2, NextAttemptAt = Now },
        .. new[]
        {
            EmailStatus.Sent, EmailStatus.Delivered, EmailStatus.Bounced, EmailStatus.Failed, EmailStatus.Complained, EmailStatus.Suppressed,
            EmailStatus.Cancelled, EmailStatus.Expired,
        }.Select(status => new Old($"{status}".ToLowerInvariant(), status, status)),
    ];

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Mails_in_every_state_go_on_from_where_they_were(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var ids = new Dictionary<string, EmailId>();
        await using (var connection = await OpenAsync(system, store))
        {
            var prefix = await MakeAsync(connection, store);
            foreach (var mail in Mails)
            {
                ids[mail.Name] = EmailId.Parse(Guid.CreateVersion7().ToString());
                await InsertAsync(connection, prefix, ids[mail.Name].Value, mail);
            }
        }

        // Redis is another one than theirs was, so that it knows none of the jobs.
        await using var host = await system.StartHostAsync();

        foreach (var mail in Mails)
        {
            await host.WaitForAsync(ids[mail.Name], mail.After);
        }

        await host.SweptAsync();
        Assert.Equal(
            Mails.Where(mail => mail.After == EmailStatus.Sent && mail.Before != EmailStatus.Sent).Select(mail => mail.Name).Order(StringComparer.Ordinal),
            system.Sink.Messages.Select(message => message.Header("Subject")!).Order(StringComparer.Ordinal));
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_job"));
        Assert.Equal(2L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log where in_doubt = 1"));
        Assert.Equal(1, (await host.Log.TryGetAsync(ids["doubtful"].Value))!.Resends);
        Assert.True((await host.Log.TryGetAsync(ids["scheduled"].Value))!.SentAt >= DateTimeOffset.FromUnixTimeMilliseconds(Now + 3_000));
        Assert.Equal(["before", "before"], (await host.Log.TryListAttemptsAsync(ids["sent"].Value))!.Select(attempt => attempt.Worker));
        await host.Uncertain.ResolveAsync(ids["held"], UncertainResolution.Resend);
        await host.WaitForAsync(ids["held"], EmailStatus.Sent);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_came_later_holds_for_mails_batches_and_templates_of_before(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var refused = new ConcurrentDictionary<string, bool>();
        system.Sink.Refuse(SmtpStep.Rcpt, "452 4.5.3 Too many recipients", when: line => !line.Contains("anna", StringComparison.Ordinal) && refused.TryAdd(line, true));
        string[] all = ["anna@example.com", "bert@example.com", "carl@example.com", "dora@example.com", "emil@example.com"];
        var batch = Guid.CreateVersion7().ToString();
        var mails = new[]
        {
            new Old("copies", EmailStatus.Queued, EmailStatus.Sent) { JobState = 1, Cc = JsonSerializer.Serialize(all[1..3]), Bcc = JsonSerializer.Serialize(all[3..]) },
            new Old("bulk", EmailStatus.Queued, EmailStatus.Sent) { JobState = 2, Priority = 10 },
            new Old("later-bulk", EmailStatus.Scheduled, EmailStatus.Sent) { JobState = 1, Priority = 10, ScheduledAt = Now + 2_000, JobDueAt = Now + 2_000 },
            new Old("held", EmailStatus.Uncertain, EmailStatus.Uncertain),
            new Old("gone-out", EmailStatus.Sent, EmailStatus.Sent) { BatchId = batch },
            new Old("far-off", EmailStatus.Scheduled, EmailStatus.Scheduled)
            {
                JobState = 1, Priority = 10, ScheduledAt = Now + 1_800_000, JobDueAt = Now + 1_800_000, BatchId = batch,
            },
        };
        var ids = new Dictionary<string, EmailId>();
        await using (var connection = await OpenAsync(system, store))
        {
            var prefix = await MakeAsync(connection, store);
            await connection.ExecuteAsync($"insert into {prefix}mail_batch (id, tenant_id, total, created_at) values (@batch, 'default', 2, @Now)", new { batch, Now });
            foreach (var mail in mails)
            {
                ids[mail.Name] = EmailId.Parse(Guid.CreateVersion7().ToString());
                await InsertAsync(connection, prefix, ids[mail.Name].Value, mail);
            }

            await InsertTemplateAsync(connection, prefix);
        }

        await using var host = await system.StartHostAsync();

        foreach (var mail in mails)
        {
            await host.WaitForAsync(ids[mail.Name], mail.After);
        }

        var parts = await host.Log.TryGetAsync(ids["copies"].Value);
        Assert.Equal(all, parts!.RecipientsSent);
        Assert.Equal(2, parts.Attempts);
        Assert.Equal(all[..1], (await host.Log.TryGetAsync(ids["held"].Value))!.RecipientsInDoubt);
        Assert.Equal(Now - 120_000, await host.ScalarAsync<long>("select doubt_since from {t}mail_send_log where status = 9"));
        Assert.Equal(mails.Length, (await host.Log.ListAsync(new SendLogQuery())).Items.Count);
        foreach (var id in ids.Values)
        {
            Assert.Equal("<p>Hello</p>", (await host.Log.TryGetContentAsync(id.Value))!.Html);
            Assert.NotEmpty((await host.Log.TryListEventsAsync(id.Value))!);
        }

        Assert.Equal(new EmailBatchCancellation(batch, 1, 1), await host.Mailer.CancelBatchAsync(batch));
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_job"));

        await host.WaitForAsync(await host.Mailer.SendAsync(new EmailMessage { To = "anna@example.com", Template = "welcome" }), EmailStatus.Sent);
        Assert.Equal("Before", system.Sink.Messages[^1].Header("Subject"));
        await host.Templates.PublishAsync("welcome", 2);
        await host.WaitForAsync(await host.Mailer.SendAsync(new EmailMessage { To = "anna@example.com", Template = "welcome" }), EmailStatus.Sent);
        Assert.Equal("Drafted before", system.Sink.Messages[^1].Header("Subject"));
        await Assert.ThrowsAnyAsync<DbException>(() => host.ExecuteAsync("update {t}mail_template_content set subject = 'changed'"));
    }

    /// <summary>The tables as they were, and the ledger that says so.</summary>
    private static async Task<string> MakeAsync(DbConnection connection, Store store)
    {
        var prefix = store == Store.Postgres ? "jamail." : "";
        if (store == Store.Postgres)
        {
            await connection.ExecuteAsync("create schema jamail");
        }

        var mark = store == Store.Postgres ? "gen_random_uuid()::text" : "(lower(hex(randomblob(16))))";
        await connection.ExecuteAsync(
            $"create table {prefix}mail_migration (number integer primary key, name text not null, applied_at bigint not null, mark text not null default {mark})");
        foreach (var step in Migration.LoadAll(typeof(IMailer).Assembly, store == Store.Postgres ? SqlDialect.Postgres : SqlDialect.Sqlite, prefix).Take(Before))
        {
            await connection.ExecuteAsync(step.Sql);
            await connection.ExecuteAsync(
                $"insert into {prefix}mail_migration (number, name, applied_at) values (@Number, @Name, 0)", new { step.Number, step.Name });
        }

        return prefix;
    }

    private static async Task InsertAsync(DbConnection connection, string prefix, string id, Old mail)
    {
        var isOver = mail is { JobState: 0 };
        var parameters = new
        {
            id, subject = mail.Name, messageId = $"{mail.Name}@example.com", status = (int)mail.Before, mail.JobState, mail.JobDueAt, mail.ScheduledAt,
            mail.NextAttemptAt, mail.ClaimUntil, mail.Priority, mail.BatchId, mail.Cc, mail.Bcc, token = mail.ClaimUntil is null ? null : "token", hash = new byte[32], now = Now - 120_000,
            expires = Now + 3_600_000, epoch = mail.JobState == 2 ? "before" : null, sentAt = mail.Before == EmailStatus.Sent ? Now : (long?)null,
            completedAt = isOver ? Now : (long?)null, attempts = mail.Before is EmailStatus.Scheduled or EmailStatus.Queued ? 0 : 1,
        };
        await connection.ExecuteAsync(
            $"""
            insert into {prefix}mail_send_log (id, tenant_id, category, from_addr, to_addr, to_hash, to_domain, subject, message_id, status, attempts,
              claim_token, claim_until, queued_at, sent_at, completed_at, updated_at, job_state, job_due_at, job_epoch, scheduled_at, next_attempt_at, expires_at,
              priority, batch_id, cc, bcc)
            values (@id, 'default', 'default', 'shop@example.com', 'anna@example.com', @hash, 'example.com', @subject, @messageId, @status, @attempts,
              @token, @ClaimUntil, @now, @sentAt, @completedAt, @now, @JobState, @JobDueAt, @epoch, @ScheduledAt, @NextAttemptAt, @expires,
              @Priority, @BatchId, @Cc, @Bcc)
            """,
            parameters);
        await connection.ExecuteAsync($"insert into {prefix}mail_body (id, html) values (@id, '<p>Hello</p>')", new { id });
        if (mail.Before == EmailStatus.Sent)
        {
            for (var number = 1; number <= 2; number++)
            {
                await connection.ExecuteAsync(
                    $"""
                    insert into {prefix}mail_send_attempt (id, log_id, attempt_no, worker, started_at, duration_ms, phase, outcome, error_class, connection_use)
                    values (@attempt, @id, @number, 'before', @now, 5, 9, 0, 'accepted', 1)
                    """,
                    new { attempt = Guid.CreateVersion7().ToString(), id, number, now = Now });
            }
        }
    }

    /// <summary>One version that is published, and a draft.</summary>
    private static async Task InsertTemplateAsync(DbConnection connection, string prefix)
    {
        var template = Guid.CreateVersion7().ToString();
        await connection.ExecuteAsync(
            $"""
            insert into {prefix}mail_template (id, tenant_id, key, name, category, current_version, created_at, updated_at)
            values (@template, 'default', 'welcome', 'Welcome', 'default', 1, @Now, @Now)
            """,
            new { template, Now });
        foreach (var (version, status, subject) in new[] { (1, 1, "Before"), (2, 0, "Drafted before") })
        {
            var parameters = new { id = Guid.CreateVersion7().ToString(), template, version, status, subject, hash = new byte[32], Now };
            await connection.ExecuteAsync(
                $"""
                insert into {prefix}mail_template_version (id, template_id, version, status, engine, content_sha256, published_at, created_at)
                values (@id, @template, @version, @status, 'handlebars', @hash, @Now, @Now)
                """,
                parameters);
            await connection.ExecuteAsync(
                $"insert into {prefix}mail_template_content (version_id, locale, subject, html) values (@id, 'en', @subject, '<p>Hello</p>')", parameters);
        }
    }

    private static async Task<DbConnection> OpenAsync(MailSystem system, Store store)
    {
        DbConnection connection = store == Store.Postgres
            ? new NpgsqlConnection(system.Settings.Database)
            : new SqliteConnection(system.Settings.Database);
        await connection.OpenAsync();
        return connection;
    }

    private sealed record Old(string Name, EmailStatus Before, EmailStatus After)
    {
        public int Priority { get; init; }

        public string? BatchId { get; init; }

        public string? Cc { get; init; }

        public string? Bcc { get; init; }

        public int JobState { get; init; }

        public long JobDueAt { get; init; }

        public long? ScheduledAt { get; init; }

        public long? NextAttemptAt { get; init; }

        public long? ClaimUntil { get; init; }
    }
}
