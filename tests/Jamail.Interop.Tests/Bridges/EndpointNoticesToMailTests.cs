using Jamail.Mail;
using Jamail.TestSupport;
using Jamail.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Interop.Tests.Bridges;

public sealed class EndpointNoticesToMailTests
{
    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task The_owner_of_an_endpoint_that_is_gone_is_told_by_mail(string database)
    {
        await using var sink = WebhookSink.Start(SinkReply.Status(410));
        using var folder = new TemporaryFolder("bridges");
        using var host = await MailEventsToWebhooksTests.StartAsync(database, folder);
        var created = await host.Services.GetRequiredService<IWebhookEndpoints>().CreateAsync(new NewWebhookEndpoint
        {
            Url = sink.Url, Events = ["order.*"], Settings = new WebhookEndpointSettings { OwnerEmail = "owner@example.com" },
        });

        await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync("order.paid", new { });

        var log = host.Services.GetRequiredService<ISendLog>();
        var mail = await Eventually.Satisfies(
            async () => (await log.ListAsync(new SendLogQuery { Recipient = "owner@example.com" })).Items,
            items => items.Count == 1,
            "the notice");
        Assert.Equal(("Webhook 127.0.0.1: gone", "transactional"), (mail[0].Subject, mail[0].Category));
        Assert.Equal(WebhookEndpointStatus.Gone, (await host.Services.GetRequiredService<IWebhookEndpoints>().TryGetAsync(created.Endpoint.Id))!.Status);
        await host.StopAsync();
    }
}
