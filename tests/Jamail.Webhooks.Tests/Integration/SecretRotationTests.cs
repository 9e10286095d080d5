using System.Globalization;
using Jamail.Queueing;
using Jamail.TestSupport;

namespace Jamail.Webhooks.Tests.Integration;

public sealed class SecretRotationTests
{
    public static TheoryData<string> Databases => Integration.Databases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Three_live_secrets_sign_newest_first_and_a_receiver_with_any_of_them_accepts(string database)
    {
        await using var sink = WebhookSink.Start();
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, first) = await host.CreateAsync(sink);
        var second = await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation());
        var third = await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation { Secret = "a secret of my own choice" });

        await host.Publisher.PublishAsync("order.paid", new { });

        var request = Assert.Single(await host.ArrivalAsync(sink, 1));
        Assert.Equal(3, request.Header("webhook-signature")!.Split(' ').Length);
        Assert.All((WebhookSecret[])[first, second!, third!], secret => Assert.Equal(WebhookVerification.Genuine, Verify(request, secret)));
        Assert.StartsWith(
            request.Header("webhook-signature")!.Split(' ')[0],
            WebhookSigner.Standard(third!, request.Header("webhook-id")!, long.Parse(request.Header("webhook-timestamp")!, CultureInfo.InvariantCulture), request.Body),
            StringComparison.Ordinal);
        Assert.Equal(WebhookVerification.Genuine, WebhookSignature.VerifyHex(request.Body, request.Header("x-jamail-signature"), [third!]));
        Assert.Equal("a secret of my own choice", (await host.Secrets.TryRevealAsync(endpoint.Id))!.Reveal());

        Assert.True(await host.Secrets.TryExpireOldAsync(endpoint.Id));
        await host.Publisher.PublishAsync("order.paid", new { });

        request = (await host.ArrivalAsync(sink, 2))[1];
        Assert.Equal(WebhookVerification.Genuine, Verify(request, third!));
        Assert.Equal(WebhookVerification.SignatureMismatch, Verify(request, first));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_reads_or_changes_a_secret_is_noted(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var audit = host.Get<IWebhookAudit>();
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" });
        using (audit.ActAs("anna"))
        {
            await host.Secrets.TryRevealAsync(endpoint.Id);
            await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation());
        }

        await host.Secrets.TryExpireOldAsync(endpoint.Id);
        await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation { Secret = "short" }));
        await host.Secrets.TryRevealAsync(endpoint.Id, "another tenant");

        var entries = new List<(string Actor, string Action)>();
        string? cursor = null;
        do
        {
            var page = (await audit.TryListAsync(endpoint.Id, cursor, pageSize: 2))!;
            entries.AddRange(page.Items.Select(entry => (entry.Actor, entry.Action)));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(
            [("anna", "secret.read"), ("anna", "secret.rotated"), ("host", "secret.expired")],
            entries.OrderBy(entry => entry.Action == "secret.expired").ThenBy(entry => entry.Action, StringComparer.Ordinal));
        Assert.Null(await audit.TryListAsync(endpoint.Id, tenant: "another tenant"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_secret_is_neither_shown_nor_changed_when_that_cannot_be_noted(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" });
        await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation());
        await host.ExecuteAsync("alter table {t}webhook_audit rename column action to lost");

        await Assert.ThrowsAnyAsync<Exception>(() => host.Secrets.TryRevealAsync(endpoint.Id));
        await Assert.ThrowsAnyAsync<Exception>(() => host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation()));
        await Assert.ThrowsAnyAsync<Exception>(() => host.Secrets.TryExpireOldAsync(endpoint.Id));
        Assert.Equal(2, await host.ScalarAsync<int>("select count(*) from {t}webhook_secret"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_acts_is_known_within_the_scope_that_says_so_and_not_after_it(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var audit = host.Get<IWebhookAudit>();
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" });

        using (audit.ActAs("anna"))
        {
            using (audit.ActAs("bert"))
            {
                await host.Secrets.TryRevealAsync(endpoint.Id);
            }

            await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation());
        }

        await host.Secrets.TryExpireOldAsync(endpoint.Id);
        Assert.Equal(
            ["secret.expired host", "secret.read bert", "secret.rotated anna"],
            (await audit.TryListAsync(endpoint.Id))!.Items.Select(entry => $"{entry.Action} {entry.Actor}").Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task No_more_than_five_secrets_sign_and_bad_ones_are_refused(string database)
    {
        await using var host = await WebhookHost.StartAsync(database);
        var (endpoint, _) = await host.Endpoints.CreateAsync(new NewWebhookEndpoint { Url = "http://127.0.0.1:9000/" });
        for (var live = 2; live <= 5; live++)
        {
            await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation());
        }

        await RefusedAsync("secret", new WebhookSecretRotation());
        await RefusedAsync("secret", new WebhookSecretRotation { Secret = "short" });
        await RefusedAsync("graceSeconds", new WebhookSecretRotation { Grace = TimeSpan.FromDays(8) });
        Assert.NotNull(await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation { Grace = TimeSpan.Zero }));
        Assert.Null(await host.Secrets.TryRotateAsync(endpoint.Id, new WebhookSecretRotation(), "another tenant"));
        Assert.Null(await host.Secrets.TryRevealAsync(endpoint.Id, "another tenant"));
        Assert.False(await host.Secrets.TryExpireOldAsync(endpoint.Id, "another tenant"));

        async Task RefusedAsync(string field, WebhookSecretRotation rotation) => Assert.Equal(
            field,
            (await Assert.ThrowsAsync<InvalidInputException>(() => host.Secrets.TryRotateAsync(endpoint.Id, rotation))).Problems[0].Field);
    }

    private static WebhookVerification Verify(ReceivedWebhook request, WebhookSecret secret) => WebhookSignature.Verify(
        request.Body,
        request.Header("webhook-id"),
        request.Header("webhook-timestamp"),
        request.Header("webhook-signature"),
        [secret],
        TimeProvider.System.GetUtcNow());
}
