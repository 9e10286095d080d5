using System.Data.Common;
using System.Text.Json;
using Dapper;
using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Pipeline;

public class CrashTests
{
    private const int Each = 3;

    // MAIL, RCPT, DATA, content, and twice the dot.
    private const int Claimed = 6;

    private static readonly SmtpStep[] Stops =
        [SmtpStep.Connect, SmtpStep.Greeting, SmtpStep.Ehlo, SmtpStep.Mail, SmtpStep.Rcpt, SmtpStep.Data, SmtpStep.Content];

    /// <summary>Three mails at each of nine points of the dialogue while the process is killed; the server is the judge of copies.</summary>
    [Theory]
    [InlineData(Store.Postgres, UncertainPolicy.Hold, false)]
    [InlineData(Store.Postgres, UncertainPolicy.Resend, false)]
    [InlineData(Store.Postgres, UncertainPolicy.Hold, true)]
    [InlineData(Store.Sqlite, UncertainPolicy.Hold, false)]
    [InlineData(Store.Sqlite, UncertainPolicy.Resend, false)]
    [InlineData(Store.Sqlite, UncertainPolicy.Hold, true)]
    public async Task Whatever_a_killed_worker_was_doing_no_mail_is_lost_or_sent_twice_silently(Store store, UncertainPolicy policy, bool dropsRepeats)
    {
        // In full size each phase is met about a hundred times.
        for (var round = 0; round < Proof.Size(1, 34); round++)
        {
            await KillAsync(store, policy, dropsRepeats);
        }
    }

    private static async Task KillAsync(Store store, UncertainPolicy policy, bool dropsRepeats)
    {
        const int Count = 9 * Each;
        await using var system = await MailSystem.CreateAsync(store, sinkOptions: options => options.Pipelining = false);
        var settings = Quick(system.Settings) with { Uncertain = policy, Concurrency = Count, More = Connections(Count) };
        var rules = Stops.Select(step => system.Sink.On(step, new SinkAction.Silence(), Each)).ToList();
        rules.Add(system.Sink.On(SmtpStep.Dot, new SinkAction.Silence(Store: true), Each));
        rules.Add(system.Sink.On(SmtpStep.Dot, new SinkAction.Silence(), Each));

        await using var producer = await MailHost.StartAsync(settings with { Works = false });
        if (dropsRepeats)
        {
            await producer.Providers.SaveAsync(new EmailProviderDraft
            {
                Name = "relay", Host = system.Sink.Host, Port = system.Sink.Port, Security = SmtpSecurity.None, MaxConnections = Count, SwallowsRepeats = true,
            });
            var category = await producer.Categories.TryGetAsync("default");
            await producer.Categories.SaveAsync(category! with { Route = ["relay"] }); // The host has just saved it.
        }

        await using var victim = await StartVictimAsync(settings);
        var ids = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => producer.Mailer.SendAsync(MailSystem.Mail($"user{i}@example.com"))));
        await Eventually.Equal(Count, () => rules.Sum(rule => rule.Hits), "mails stopped in the middle of something", TimeSpan.FromSeconds(60));
        await victim.KillAsync();

        // Where a claim was held nobody can know; with the policy to send again nobody is left in doubt.
        // A server that drops repeats is sent every mail again, and each arrives.
        var doubtful = policy == UncertainPolicy.Hold && !dropsRepeats ? Claimed * Each : 0;
        await using var successor = await MailHost.StartAsync(dropsRepeats ? settings with { Defer = null } : settings);
        await Eventually.Equal(
            (doubtful, Count - doubtful),
            async () => (await successor.CountAsync(EmailStatus.Uncertain), await successor.CountAsync(EmailStatus.Sent)),
            "mails in doubt and sent",
            TimeSpan.FromSeconds(60));

        foreach (var id in ids)
        {
            var entry = await successor.Log.TryGetAsync(id.Value);
            Assert.InRange(
                system.Sink.Copies($"<{entry!.MessageId}>"), entry.Status == EmailStatus.Uncertain ? 0 : 1, entry.Resends > 0 ? 2 : 1);
        }

        // The three that the server had stored are the only ones that may be there once more, or although nobody knows.
        Assert.Equal(Count - doubtful + Each, system.Sink.Messages.Count);
        var what = $"Worker killed in nine phases, {store}, {(dropsRepeats ? "server drops repeats" : policy)}";
        Proof.Note($"{what}: e-mails that are accounted for", "e-mails", ids.Length);
        Proof.Note($"{what}: copies at the server for each e-mail", "copies", (double)system.Sink.Messages.Count / Count);
    }

    /// <summary>The server said 250, Redis has the mark, and the row is not written when the process is killed.</summary>
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_worker_killed_between_the_250_and_the_commit_leaves_a_sent_mail(Store store)
    {
        var rounds = Proof.Size(1, 100);
        for (var round = 0; round < rounds; round++)
        {
            await KillBeforeCommitAsync(store);
        }

        Proof.Note($"Worker killed between 250 and commit, {store}: e-mails that are sent, once", "e-mails", rounds);
    }

    private static async Task KillBeforeCommitAsync(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        var settings = Quick(system.Settings);
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1);
        await using var victim = await StartVictimAsync(settings);
        await using var producer = await MailHost.StartAsync(settings with { Works = false });
        var id = await producer.Mailer.SendAsync(MailSystem.Mail());
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await using (var connection = await producer.OpenDatabaseAsync())
        await using (var nobodyWrites = await LockAsync(connection, store))
        {
            release.SetResult();
            var mark = $"jamail:{{{settings.Prefix}:email-sending}}:result:{id}";
            await Eventually.True(() => system.Redis.Database.KeyExistsAsync(mark), "the mark of the result");
            await victim.KillAsync();
        }

        await using var successor = await MailHost.StartAsync(settings);
        var entry = await successor.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60));
        Assert.Equal((1, 0), (entry.Attempts, entry.Resends));
        Assert.Equal(1L, await successor.ScalarAsync<long>("select count(*) from {t}mail_send_attempt where outcome = 0 and smtp_code = 250"));
        Assert.Single(system.Sink.Messages);
    }

    [Fact]
    public async Task The_mark_of_a_result_is_gone_when_its_row_is_committed()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync();
        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        await host.WaitForAsync(id, EmailStatus.Sent);

        await Eventually.True(
            async () => !await system.Redis.Database.KeyExistsAsync($"jamail:{{{system.Settings.Prefix}:email-sending}}:result:{id}"), "the mark to go");
    }

    [Fact]
    public async Task A_database_that_stops_between_acceptance_and_commit_costs_nothing()
    {
        var rounds = Proof.Size(1, 50);
        for (var round = 0; round < rounds; round++)
        {
            await StopDatabaseAsync();
        }

        Proof.Note("Database stopped between 250 and commit: e-mails that are sent, once", "e-mails", rounds);
    }

    private static async Task StopDatabaseAsync()
    {
        await using var database = await PostgresServer.StartNewAsync();
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1);
        await using var host = await MailHost.StartAsync(system.Settings with
        {
            Database = await database.CreateDatabaseAsync(), Claim = TimeSpan.FromMinutes(1), Lock = TimeSpan.FromMinutes(1),
        });
        var id = await host.Mailer.SendAsync(MailSystem.Mail());
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));

        await database.StopAsync();
        release.SetResult();
        await system.Sink.WaitForAsync(1);
        await Assert.ThrowsAsync<Jamail.Queueing.StoreUnavailableException>(() => host.Mailer.SendAsync(MailSystem.Mail()));
        await database.StartAsync();

        Assert.Equal(1, (await host.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(60))).Attempts);
        Assert.Single(system.Sink.Messages);
    }

    /// <summary>Nothing but the disk of the machine has taken what the server answered.</summary>
    [Fact]
    public async Task A_worker_killed_while_database_and_Redis_are_away_leaves_a_file_and_a_sent_mail()
    {
        await using var database = await PostgresServer.StartNewAsync();
        await using var system = await MailSystem.CreateAsync(Store.Sqlite, ownRedis: true);
        var settings = Quick(system.Settings) with { Database = await database.CreateDatabaseAsync() };
        var release = new TaskCompletionSource();
        var held = system.Sink.On(SmtpStep.Dot, new SinkAction.Hold(release.Task), times: 1);
        EmailId id;
        await using (var producer = await MailHost.StartAsync(settings with { Works = false }))
        {
            id = await producer.Mailer.SendAsync(MailSystem.Mail());
        }

        var file = Path.Combine(settings.Folder, "mail-results", $"{id}.json");
        await using (var victim = await StartVictimAsync(settings with { Claim = TimeSpan.FromSeconds(30), Lock = TimeSpan.FromSeconds(30) }))
        {
            await held.Reached.WaitAsync(TimeSpan.FromSeconds(30));
            await database.StopAsync();
            await system.Redis.StopAsync();
            release.SetResult();
            await Eventually.True(() => File.Exists(file), "the file", TimeSpan.FromSeconds(60));
            await victim.KillAsync();
        }

        await database.StartAsync();
        await system.Redis.StartAsync();
        await using (var producer = await MailHost.StartAsync(settings with { Works = false }))
        {
            await producer.ExecuteAsync("update {t}mail_send_log set claim_until = claim_until - 30000"); // As if its claim had run out.
        }

        await using var successor = await MailHost.StartAsync(settings);
        var entry = await successor.WaitForAsync(id, EmailStatus.Sent, TimeSpan.FromSeconds(90));
        Assert.Equal((1, 0), (entry.Attempts, entry.Resends));
        Assert.Single(system.Sink.Messages);
        await Eventually.True(() => !File.Exists(file), "the file to go", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_file_of_a_mail_that_was_given_up_as_a_doubt_says_that_it_was_sent()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        system.Sink.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1);
        EmailId id;
        await using (var host = await system.StartHostAsync())
        {
            id = await host.Mailer.SendAsync(MailSystem.Mail());
            await host.WaitForAsync(id, EmailStatus.Uncertain);
        }

        var accepted = new TransportResult { Phase = SendPhase.Reply, Fault = TransportFault.None, ReplyCode = 250, Text = "Ok", ConnectionUse = 1 };
        var folder = Directory.CreateDirectory(Path.Combine(system.Settings.Folder, "mail-results")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{id}.json"), new ResultMark(Guid.NewGuid().ToString(), "lost", "worker", 0, 1, "default", accepted).ToBytes());
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Guid.NewGuid()}.json"), "no mark of a mail that is nowhere");
        await using var next = await system.StartHostAsync();

        await next.WaitForAsync(id, EmailStatus.Sent);
        Assert.Single(system.Sink.Messages);
        await Eventually.Equal(0, () => Directory.GetFiles(folder).Length, "files");
    }

    internal static MailHostSettings Quick(MailHostSettings settings) => settings with
    {
        Lock = TimeSpan.FromSeconds(3), Stalled = TimeSpan.FromMilliseconds(500), Claim = TimeSpan.FromSeconds(3),
    };

    private static Dictionary<string, string?> Connections(int count) => new()
    {
        ["Jamail:Mail:Smtp:MaxConnections"] = count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Jamail:Mail:AllowedNetworks:0"] = "127.0.0.0/8",
    };

    internal static async Task<DotnetProcess> StartVictimAsync(MailHostSettings settings)
    {
        var victim = DotnetProcess.Start(typeof(CrashTests).Assembly.Location, [JsonSerializer.Serialize(settings.Configuration())]);
        await victim.ReadAsync("ready");
        return victim;
    }

    /// <summary>Nobody else writes until the transaction ends.</summary>
    internal static async Task<DbTransaction> LockAsync(DbConnection connection, Store store)
    {
        var transaction = await connection.BeginTransactionAsync(); // SQLite: the one who writes.
        if (store == Store.Postgres)
        {
            await connection.ExecuteAsync("lock table jamail.mail_send_log in exclusive mode", transaction: transaction);
        }

        return transaction;
    }
}
