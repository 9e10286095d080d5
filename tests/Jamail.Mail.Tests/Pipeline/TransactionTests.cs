using System.Collections.Concurrent;
using System.Diagnostics;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Jamail.Mail.Tests.Pipeline;

public class TransactionTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_rolled_back_transaction_sends_nothing_and_leaves_nothing(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        await using var connection = await host.OpenDatabaseAsync();
        EmailId rolledBack;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            rolledBack = await host.Mailer.SendAsync(MailSystem.Mail(subject: "never"), transaction);
            await transaction.RollbackAsync();
        }

        var id = await host.Mailer.SendAsync(MailSystem.Mail(subject: "after"));
        await host.WaitForAsync(id, EmailStatus.Sent);
        await host.SweptAsync();

        Assert.Null(await host.Log.TryGetAsync(rolledBack.Value));
        Assert.Equal("after", Assert.Single(system.Sink.Messages).Header("Subject"));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_stored_in_a_transaction_is_sent_in_the_trace_that_stored_it(Store store)
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == QueueingTelemetry.ActivitySourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        await using var connection = await host.OpenDatabaseAsync();

        using var order = new Activity("order") { TraceStateString = "shop=4711" }.Start();
        EmailId id;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            id = await host.Mailer.SendAsync(MailSystem.Mail(), transaction);
            order.Stop();
            await transaction.CommitAsync();
        }

        await host.WaitForAsync(id, EmailStatus.Sent);
        var process = await Eventually.Satisfies(
            () => Task.FromResult(spans.FirstOrDefault(span => (string?)span.GetTagItem("messaging.message.id") == $"mail-{id}")),
            span => span is not null,
            "the span of the mail's job");
        Assert.Equal((order.TraceId, order.SpanId), (process!.TraceId, process.ParentSpanId));
        Assert.Equal("shop=4711", process.TraceStateString);
    }

    [Fact]
    public async Task A_transaction_of_another_provider_is_refused_naming_both()
    {
        await using var system = await MailSystem.CreateAsync(Store.Postgres);
        await using var host = await system.StartHostAsync();
        await using var other = new SqliteConnection("Data Source=:memory:");
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => host.Mailer.SendAsync(MailSystem.Mail(), transaction));

        Assert.Contains(typeof(SqliteTransaction).FullName!, fault.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(NpgsqlTransaction).FullName!, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Fifty_calls_with_one_idempotency_key_accept_one_mail(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync();
        var mail = MailSystem.Mail() with { IdempotencyKey = "order-4711" };

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => AgainUntilAcceptedAsync(host, mail))));

        var id = Assert.Single(ids.Distinct());
        await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Single(system.Sink.Messages);
        var reused = await Assert.ThrowsAsync<Jamail.Queueing.IdempotencyException>(
            () => host.Mailer.SendAsync(mail with { Subject = "Another" }));
        Assert.False(reused.IsInFlight);
    }

    private static async Task<EmailId> AgainUntilAcceptedAsync(MailHost host, EmailMessage mail)
    {
        while (true)
        {
            try
            {
                return await host.Mailer.SendAsync(mail);
            }
            catch (Jamail.Queueing.IdempotencyException busy) when (busy.IsInFlight)
            {
                await Task.Yield();
            }
        }
    }
}
