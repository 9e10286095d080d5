using System.Diagnostics;
using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

[CollectionDefinition(nameof(CommitToWireTests), DisableParallelization = true)]
public class CommitToWireCollection;

[Collection(nameof(CommitToWireTests))]
public class CommitToWireTests
{
    private const int RoundLength = 60;

    /// <summary>The look for mails without a job comes after the end of the test: what is on the wire before was told of at the commit.</summary>
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_in_the_callers_transaction_is_on_the_wire_at_once_after_the_commit(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await system.StartHostAsync(settings => settings with { Sweep = TimeSpan.FromMinutes(30) });
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail()), EmailStatus.Sent);

        var p95 = await MeasureAsync(host, system);

        // Only a proof, on a machine with time to spare, asks how soon.
        Proof.Note($"Mail in the caller's transaction, {store}: p95 from commit to wire", "ms", p95);
        Assert.InRange(p95, 0, Proof.Size(30_000, 100));
    }

    private static async Task<double> MeasureAsync(MailHost host, MailSystem system)
    {
        await using var connection = await host.OpenDatabaseAsync();
        var times = new List<double>();
        for (var i = 0; i < RoundLength; i++)
        {
            var rule = system.Sink.On(SmtpStep.Mail, new SinkAction.Delay(TimeSpan.Zero), times: 1);
            await using var transaction = await connection.BeginTransactionAsync();
            await host.Mailer.SendAsync(MailSystem.Mail($"user{i}@example.com"), transaction);
            await transaction.CommitAsync();
            var committed = Stopwatch.GetTimestamp();
            await rule.Reached.WaitAsync(TimeSpan.FromSeconds(30));
            times.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        times.Sort();
        return times[(RoundLength * 95 / 100) - 1];
    }
}
