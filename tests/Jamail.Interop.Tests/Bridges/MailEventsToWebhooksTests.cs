using System.Security.Cryptography;
using System.Text.Json;
using Jamail.Mail;
using Jamail.TestSupport;
using Jamail.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jamail.Interop.Tests.Bridges;

public sealed class MailEventsToWebhooksTests
{
    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task What_happens_to_templates_and_mails_reaches_the_endpoints(string database)
    {
        await using var sink = WebhookSink.Start();
        using var folder = new TemporaryFolder("bridges");
        using var host = await StartAsync(database, folder);
        var endpoints = host.Services.GetRequiredService<IWebhookEndpoints>();
        await endpoints.CreateAsync(new NewWebhookEndpoint { Url = sink.Url, Events = ["template.*", "email.sent"] });
        var templates = host.Services.GetRequiredService<IEmailTemplates>();
        var draft = new EmailTemplateDraft { Name = "Welcome", Subject = "Hello {{name}}", Html = "<p>{{name}}</p>" };

        var template = await templates.CreateAsync(draft);
        await templates.UpdateAsync(template.Id, draft with { Subject = "Hi {{name}}" });
        await host.Services.GetRequiredService<IMailer>().SendAsync(
            new EmailMessage { To = "a@example.com", Template = template.Id, Variables = JsonDocument.Parse("""{"name":"Ann"}""").RootElement });
        var mail = (await sink.WaitAsync(3)).Select(Json).Single(payload => payload.TryGetProperty("recipient", out _));
        await templates.ArchiveAsync(template.Id);

        Assert.Equal("a@example.com", mail.GetProperty("recipient").GetString());
        Assert.Equal("sent", mail.GetProperty("status").GetString());
        var told = (await sink.WaitAsync(4)).Select(Json).Where(payload => payload.TryGetProperty("id", out _)).ToList();
        Assert.Equal(3, told.Count);
        Assert.All(told, payload => Assert.Equal(template.Id, payload.GetProperty("id").GetString()));
        await host.StopAsync();
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task A_template_that_is_refused_is_not_told_of(string database)
    {
        await using var sink = WebhookSink.Start();
        using var folder = new TemporaryFolder("bridges");
        using var host = await StartAsync(database, folder);
        await host.Services.GetRequiredService<IWebhookEndpoints>().CreateAsync(new NewWebhookEndpoint { Url = sink.Url });
        var templates = host.Services.GetRequiredService<IEmailTemplates>();
        var draft = new EmailTemplateDraft { Key = "welcome", Name = "Welcome", Subject = "s", Html = "h" };
        await templates.CreateAsync(draft);

        await Assert.ThrowsAsync<MailException>(() => templates.CreateAsync(draft));

        await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync("last", new { });
        await sink.WaitAsync(2);
        Assert.Equal(2, sink.Received.Count);
        await host.StopAsync();
    }

    private static JsonElement Json(ReceivedWebhook request) => JsonDocument.Parse(request.Body).RootElement;

    public static async Task<IHost> StartAsync(string database, TemporaryFolder folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Jamail:Redis"] = RedisServer.Shared.ConnectionString,
            ["Jamail:Database"] = database == "postgres"
                ? await PostgresServer.Shared.CreateDatabaseAsync()
                : $"Data Source={folder.File("jamail.db")}",
            ["Jamail:DataDirectory"] = folder.Path,
            ["Jamail:Queueing:Prefix"] = $"b{Guid.NewGuid():N}",
            ["Jamail:Keys:0:Id"] = "k1",
            ["Jamail:Keys:0:Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Jamail:Mail:Mode"] = "Sandbox",
            ["Jamail:Mail:From"] = "shop@example.com",
            ["Jamail:Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
        });
        builder.Services.AddJamail();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
