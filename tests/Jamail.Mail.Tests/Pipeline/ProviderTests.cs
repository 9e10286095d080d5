using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Jamail.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Pipeline;

public class ProviderTests
{
    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Mails_go_by_the_servers_of_their_category_and_fail_over_visibly_while_the_first_does_not_serve(Store store)
    {
        await using var first = await SmtpSink.StartAsync();
        await using var second = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(store);
        RecordingSink.Clear(system.Settings.Prefix);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(Draft("first", first));
        await host.Providers.SaveAsync(Draft("second", second));
        await host.Categories.SaveAsync(new EmailCategory { Key = "shop", Route = ["first", "second"] });

        var direct = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "shop" });
        Assert.Equal("first", (await host.WaitForAsync(direct, EmailStatus.Sent)).Provider);
        await first.StopAsync();
        var ids = new List<EmailId>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add(await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "shop" }));
        }

        foreach (var id in ids)
        {
            var entry = await host.WaitForAsync(id, EmailStatus.Sent);
            Assert.Equal(("second", 1, 0), (entry.Provider, entry.Attempts, entry.Deferrals));
        }

        Assert.Empty(system.Sink.Messages);
        Assert.Equal((1, 8), (first.Messages.Count, second.Messages.Count));
        await Eventually.Equal("open", async () => (await host.Providers.TryGetAsync("first"))!.Circuit, "the circuit of the first");
        Assert.Single(RecordingSink.Of(system.Settings.Prefix), told => told.Type == "mail.provider.degraded");

        first.Listen();
        Assert.True(await host.Providers.ResumeAsync("first"));
        var back = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "shop" });
        Assert.Equal("first", (await host.WaitForAsync(back, EmailStatus.Sent)).Provider);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_mail_in_doubt_never_goes_by_another_server(Store store)
    {
        await using var first = await SmtpSink.StartAsync();
        await using var second = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(Draft("first", first));
        await host.Providers.SaveAsync(Draft("second", second));
        await host.Categories.SaveAsync(new EmailCategory
        {
            Key = "shop", Route = ["first", "second"], DeferSchedule = [TimeSpan.FromMilliseconds(500)],
            Uncertain = UncertainPolicy.Reconcile, ReconcileWait = TimeSpan.FromSeconds(1),
        });
        first.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1);

        // The first server has a copy, and then it does not serve: everything speaks for the second one but the doubt.
        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "shop" });
        await host.WaitForAsync(id, EmailStatus.Uncertain);
        await first.StopAsync();
        await Eventually.Satisfies(() => host.Log.TryGetAsync(id.Value), entry => entry?.Deferrals >= 2, "the mail to wait for the first server");
        Assert.Empty(second.Messages);
        first.Listen();

        Assert.Equal("first", (await host.WaitForAsync(id, EmailStatus.Sent)).Provider);
        Assert.Equal(2, first.Messages.Count);
        Assert.Empty(second.Messages);
    }

    [Fact]
    public async Task A_server_that_drops_second_copies_is_always_sent_the_mail_again()
    {
        await using var relay = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(Draft("relay", relay) with { SwallowsRepeats = true });
        await host.Categories.SaveAsync(new EmailCategory { Key = "invoices", Route = ["relay"], Uncertain = UncertainPolicy.Hold });
        relay.On(SmtpStep.Dot, new SinkAction.Close(), times: 2);

        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "invoices" });

        Assert.Equal(2, (await host.WaitForAsync(id, EmailStatus.Sent)).Resends);
        Assert.Single(relay.Messages);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_server_that_closes_after_50_messages_costs_no_mail_and_no_attempt(Store store)
    {
        const int Count = 120;
        await using var system = await MailSystem.CreateAsync(store, sinkOptions: options => options.MessagesPerConnection = 50);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?> { ["Jamail:Mail:Smtp:MaxConnections"] = "1" },
        });

        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => host.Mailer.SendAsync(MailSystem.Mail($"user{i}@example.com"))));

        await Eventually.Equal(Count, () => host.CountAsync(EmailStatus.Sent), "mails sent", TimeSpan.FromSeconds(90));
        Assert.Equal(Count, system.Sink.Messages.Select(message => message.MessageId).Distinct().Count());
        Assert.Equal(Count, system.Sink.Messages.Count);
        Assert.Equal(0L, await host.ScalarAsync<long>("select count(*) from {t}mail_send_log where resends > 0"));

        // It says nothing of the rate: a server that is taken to complain of it is sent ever less.
        Assert.Null((await host.Services.GetRequiredService<MailProviders>().FindAsync("default", "default", CancellationToken.None))!.Limits.RateNow);
    }

    [Fact]
    public async Task A_wrong_password_stops_the_server_at_once_and_mails_wait()
    {
        await using var server = await SmtpSink.StartAsync(options =>
        {
            options.AuthMechanisms.Add("PLAIN");
            options.AuthWithoutTls = true;
            options.RequireAuth = true;
            options.Users["app"] = "right";
        });
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(Draft("account", server) with { User = "app", Password = "wrong" });
        await host.Categories.SaveAsync(new EmailCategory { Key = "shop", Route = ["account"], DeferSchedule = [TimeSpan.FromMilliseconds(100)] });

        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "shop" });
        var waiting = await host.WaitForAsync(id, EmailStatus.Deferred);

        Assert.Equal(0, waiting.Attempts);
        Assert.Equal("open", (await host.Providers.TryGetAsync("account"))!.Circuit);
        await host.Providers.SaveAsync(Draft("account", server) with { User = "app", Password = "right" });
        await host.WaitForAsync(id, EmailStatus.Sent);
        Assert.Equal("app", Assert.Single(server.Messages).User);
        Assert.DoesNotContain(
            "right", await host.ScalarAsync<string>("select settings from {t}mail_provider"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_paused_server_gets_nothing_until_it_is_resumed(Store store)
    {
        await using var first = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(store);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(Draft("first", first));
        await host.Categories.SaveAsync(new EmailCategory { Key = "shop", Route = ["first", "default"] });
        Assert.True(await host.Providers.PauseAsync("first", "moving house"));
        Assert.Equal((true, "moving house"), ((await host.Providers.TryGetAsync("first"))!.IsPaused, (await host.Providers.TryGetAsync("first"))!.Reason));

        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "shop" });
        Assert.Equal("default", (await host.WaitForAsync(id, EmailStatus.Sent)).Provider);

        await host.Providers.ResumeAsync("first");
        var later = await host.Mailer.SendAsync(MailSystem.Mail() with { Category = "shop" });
        Assert.Equal("first", (await host.WaitForAsync(later, EmailStatus.Sent)).Provider);
        Assert.True(await host.Providers.DeleteAsync("first"));
        Assert.Null(await host.Providers.TryGetAsync("first"));
        Assert.False(await host.Providers.PauseAsync("default"));
    }

    [Fact]
    public async Task Verify_names_the_phase_in_which_a_server_cannot_be_used()
    {
        await using var server = await SmtpSink.StartAsync(options =>
        {
            options.AuthMechanisms.Add("PLAIN");
            options.AuthWithoutTls = true;
            options.Users["app"] = "right";
        });
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await StartAsync(system);
        var port = TestSupport.Ports.Free();

        await ExpectAsync(Draft("ok", server) with { User = "app", Password = "right" }, SendPhase.Auth, TransportFault.None);
        await ExpectAsync(Draft("nobody", server) with { Port = port }, SendPhase.Connect, TransportFault.Unreachable);
        await ExpectAsync(Draft("plain", server) with { Security = SmtpSecurity.StartTls }, SendPhase.Tls, TransportFault.Tls);
        await ExpectAsync(Draft("password", server) with { User = "app", Password = "wrong" }, SendPhase.Auth, TransportFault.SignIn);
        await ExpectAsync(Draft("private", server) with { Host = "10.1.2.3" }, SendPhase.Connect, TransportFault.AddressDenied);
        server.On(SmtpStep.Noop, new SinkAction.Reply("500 5.5.2 Unknown command"), times: 1);
        await ExpectAsync(Draft("noop", server), SendPhase.Auth, TransportFault.Protocol);
        server.On(SmtpStep.Noop, new SinkAction.Close(), times: 1);
        await ExpectAsync(Draft("closing", server), SendPhase.Auth, TransportFault.ConnectionLost);
        Assert.True((await host.Providers.VerifyAsync("default"))!.Succeeded);
        Assert.Null(await host.Providers.VerifyAsync("unknown"));
        Assert.Empty(server.Messages);

        async Task ExpectAsync(EmailProviderDraft draft, SendPhase phase, TransportFault fault)
        {
            await host.Providers.SaveAsync(draft);
            var found = (await host.Providers.VerifyAsync(draft.Name))!;
            Assert.Equal((fault == TransportFault.None, phase, fault), (found.Succeeded, found.Phase, found.Fault));
            Assert.DoesNotContain("wrong", found.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_drops_repeats_is_told_the_mails_id_the_same_each_time_and_others_are_not()
    {
        await using var dropping = await SmtpSink.StartAsync();
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await StartAsync(system);
        await host.Providers.SaveAsync(Draft("dropping", dropping) with { SwallowsRepeats = true });
        dropping.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1);
        var own = new Dictionary<string, string> { ["resend-idempotency-key"] = "mine" };

        var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Provider = "dropping" });
        await host.WaitForAsync(id, EmailStatus.Sent);
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail() with { Provider = "dropping", Headers = own }), EmailStatus.Sent);
        await host.WaitForAsync(await host.Mailer.SendAsync(MailSystem.Mail()), EmailStatus.Sent);

        Assert.Equal([id.Value, id.Value, "mine"], dropping.Messages.Select(message => message.Header("Resend-Idempotency-Key")));
        Assert.Equal(dropping.Messages[0].Content, dropping.Messages[1].Content);
        Assert.Null(system.Sink.Messages[0].Header("Resend-Idempotency-Key"));
    }

    [Fact]
    public async Task A_wrong_mail_server_is_refused_with_everything_that_is_wrong()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await StartAsync(system);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => host.Providers.SaveAsync(new EmailProviderDraft
        {
            Name = "a b", Host = "smtp:25", Port = 0, User = "app", MaxConnections = 0, MaxMessagesPerConnection = 0, MaxConcurrent = 0, RatePerSecond = 0,
            RatePerDomain = 0, DailyQuota = 0,
        }));

        Assert.Equal(
            ["name", "host", "port", "password", "maxConnections", "maxMessagesPerConnection", "maxConcurrent", "ratePerSecond", "ratePerDomain", "dailyQuota"],
            refused.Problems.Select(problem => problem.Field));
        await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Providers.SaveAsync(new EmailProviderDraft { Name = "default", Host = "smtp.example.com" }));
    }

    internal static EmailProviderDraft Draft(string name, SmtpSink sink) =>
        new() { Name = name, Host = "127.0.0.1", Port = sink.Port, Security = SmtpSecurity.None };

    private static Task<MailHost> StartAsync(MailSystem system) => system.StartHostAsync(settings => settings with
    {
        Configure = mail => RecordingSink.AddTo(mail, settings.Prefix),
        More = new Dictionary<string, string?> { ["Jamail:Mail:AllowedNetworks:0"] = "127.0.0.0/8" },
    });
}
