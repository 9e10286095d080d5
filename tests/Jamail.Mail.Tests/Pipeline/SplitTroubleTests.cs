using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

/// <summary>A server takes two recipients in one transaction, the mail has five, and something goes wrong in one of the three parts.</summary>
public class SplitTroubleTests
{
    private const string Limit = "452 4.5.3 Too many recipients";

    private static readonly string[] All = ["anna@example.com", "bert@example.com", "carl@example.com", "dora@example.com", "emil@example.com"];

    private static EmailMessage Mail { get; } = MailSystem.Mail() with { Cc = All[1..3], Bcc = All[3..] };

    [Theory]
    [InlineData(Store.Postgres, 0, true)]
    [InlineData(Store.Postgres, 1, true)]
    [InlineData(Store.Postgres, 2, true)]
    [InlineData(Store.Sqlite, 0, true)]
    [InlineData(Store.Sqlite, 1, true)]
    [InlineData(Store.Sqlite, 2, true)]
    [InlineData(Store.Postgres, 1, false)]
    [InlineData(Store.Sqlite, 0, false)]
    public async Task A_server_that_drops_repeats_drops_the_part_it_has_and_no_other(Store store, int part, bool hasIt)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var relay = await SmtpSink.StartAsync(DropRepeats);
        ManyRecipientsTests.TakeTwo(relay, Limit);
        relay.On(SmtpStep.Dot, new SinkAction.Close(Store: hasIt), times: 1, when: _ => relay.Messages.Count == part);
        await using var host = await StartAsync(system, relay);

        var entry = await host.WaitForAsync(await host.Mailer.SendAsync(Mail with { Provider = "relay" }), EmailStatus.Sent);

        Assert.Equal(1, entry.Resends);
        Assert.Equal(hasIt ? 1 : 0, relay.Dropped);
        AssertOnce(relay);
    }

    /// <summary>The list of those left gets shorter between the doubt and the repeat.</summary>
    [Theory]
    [InlineData(Store.Postgres, "emil@example.com")]
    [InlineData(Store.Postgres, "dora@example.com")]
    [InlineData(Store.Sqlite, "emil@example.com")]
    [InlineData(Store.Sqlite, "dora@example.com")]
    public async Task A_part_is_known_again_although_a_person_was_erased_meanwhile(Store store, string erased)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using var relay = await SmtpSink.StartAsync(DropRepeats);
        ManyRecipientsTests.TakeTwo(relay, Limit);
        var doubt = relay.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1, when: _ => relay.Messages.Count == 1);
        relay.Refuse(SmtpStep.Mail, "451 4.3.0 later", when: _ => doubt.Hits > 0);
        await using var host = await StartAsync(system, relay);
        var id = await host.Mailer.SendAsync(Mail with { Provider = "relay" });
        await host.WaitForAsync(id, EmailStatus.Uncertain);

        await host.Suppressions.EraseAsync(erased);
        relay.Behave();
        ManyRecipientsTests.TakeTwo(relay, Limit);

        await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal(1, relay.Dropped);
        AssertOnce(relay, erased == "emil@example.com" ? All[..4] : All);
    }

    [Theory]
    [InlineData(Store.Postgres, 0)]
    [InlineData(Store.Postgres, 1)]
    [InlineData(Store.Sqlite, 0)]
    [InlineData(Store.Sqlite, 1)]
    public async Task A_part_that_is_refused_as_a_whole_is_repeated_for_the_same_recipients(Store store, int part)
    {
        await using var system = await MailSystem.CreateAsync(store);
        ManyRecipientsTests.TakeTwo(system.Sink, Limit);
        system.Sink.Refuse(SmtpStep.Dot, "451 4.3.0 later", times: 1, when: _ => system.Sink.Messages.Count == part);
        await using var host = await system.StartHostAsync();

        var entry = await host.WaitForAsync(await host.Mailer.SendAsync(Mail), EmailStatus.Sent);

        Assert.Equal((4, 1, 0), (entry.Attempts, entry.Deferrals, entry.Resends));
        AssertOnce(system.Sink);
    }

    /// <summary>Whom a part leaves out cannot be stored: then the server does not get it.</summary>
    [Theory]
    [InlineData(Store.Postgres, 0, true)]
    [InlineData(Store.Postgres, 1, false)]
    [InlineData(Store.Sqlite, 0, false)]
    [InlineData(Store.Sqlite, 1, true)]
    public async Task A_database_that_is_away_when_a_part_is_noted_costs_nobody_the_mail(Store store, int part, bool pipelining)
    {
        await using var system = await MailSystem.CreateAsync(store, sinkOptions: options => options.Pipelining = pipelining);
        var release = new TaskCompletionSource();
        var step = pipelining ? SmtpStep.Data : SmtpStep.Mail;
        var held = system.Sink.On(step, new SinkAction.Hold(release.Task), times: 1, when: _ => system.Sink.Messages.Count == part);
        ManyRecipientsTests.TakeTwo(system.Sink, Limit);
        await using var host = await MailHost.StartAsync(CrashTests.Quick(system.Settings));
        var id = await host.Mailer.SendAsync(Mail);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await using (var connection = await host.OpenDatabaseAsync())
        await using (var nobodyWrites = await CrashTests.LockAsync(connection, store))
        {
            release.SetResult();
            await Eventually.Equal(0, () => system.Sink.OpenConnections, "connections to the mail server");
            Assert.Equal(part, system.Sink.Messages.Count);
        }

        var entry = await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal((3, 0), (entry.Attempts, entry.Resends));
        AssertOnce(system.Sink);
    }

    /// <summary>The server said 250 to a part, Redis has the mark, and the row is not written when the process is killed.</summary>
    [Theory]
    [InlineData(Store.Postgres, 0)]
    [InlineData(Store.Postgres, 1)]
    [InlineData(Store.Sqlite, 0)]
    [InlineData(Store.Sqlite, 1)]
    public async Task A_worker_killed_between_the_250_to_a_part_and_the_commit_leaves_the_others(Store store, int part)
    {
        await using var system = await MailSystem.CreateAsync(store);
        ManyRecipientsTests.TakeTwo(system.Sink, Limit);
        var settings = CrashTests.Quick(system.Settings);
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1, when: _ => system.Sink.Messages.Count == part);
        await using var victim = await CrashTests.StartVictimAsync(settings);
        await using var producer = await MailHost.StartAsync(settings with { Works = false });
        var id = await producer.Mailer.SendAsync(Mail);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await using (var connection = await producer.OpenDatabaseAsync())
        await using (var nobodyWrites = await CrashTests.LockAsync(connection, store))
        {
            release.SetResult();
            var mark = $"jamail:{{{settings.Prefix}:email-sending}}:result:{id}";
            await Eventually.True(() => system.Redis.Database.KeyExistsAsync(mark), "the mark of the result");
            await victim.KillAsync();
        }

        await using var successor = await MailHost.StartAsync(settings);
        var entry = await successor.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60));
        Assert.Equal((3, 0), (entry.Attempts, entry.Resends));
        AssertOnce(system.Sink);
    }

    private static void DropRepeats(SmtpSinkOptions options) => options.RepeatName = message => message.Header(RepeatKey.Header);

    private static async Task<MailHost> StartAsync(MailSystem system, SmtpSink relay)
    {
        var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?> { ["Jamail:Mail:AllowedNetworks:0"] = "127.0.0.0/8" },
        });
        await host.Providers.SaveAsync(ProviderTests.Draft("relay", relay) with { SwallowsRepeats = true });
        return host;
    }

    private static void AssertOnce(SmtpSink sink, string[]? recipients = null) =>
        Assert.Equal(recipients ?? All, sink.Messages.SelectMany(message => message.Recipients).Order(StringComparer.Ordinal));
}
