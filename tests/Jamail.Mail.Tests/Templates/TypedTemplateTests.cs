using System.Text;
using System.Text.Json.Serialization;
using Jamail.Mail.Tests.Support;
using Jamail.Queueing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.Mail.Tests.Templates;

public partial class TypedTemplateTests
{
    private static readonly EmailTemplateDraft Draft = new()
    {
        Name = "Order", Key = "order", Subject = "Order {{number}}",
        Html = "<p>{{customer.name}}{{#each lines}}<i>{{title}}</i>{{/each}}{{#if coupon}}{{coupon}}{{/if}}</p>",
    };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_template_is_filled_with_a_type_and_sent(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using (var first = await system.StartHostAsync(settings => settings with { Works = false }))
        {
            await first.Templates.CreateAsync(Draft with { Schema = Json("""{"type":"object","required":["number"],"properties":{"number":{"type":"integer"}}}""") });
        }

        await using var host = await system.StartHostAsync(settings => settings with
        {
            Configure = mail => mail.AddTemplate("order", TypedJson.Default.Order),
        });
        var template = host.Services.GetRequiredService<IMailTemplate<Order>>();
        var order = new Order(4711, new Customer("Anna"), [new Line("Tea")]);

        var one = await template.SendAsync("anna@example.com", order);
        var two = await template.SendAsync(MailSystem.Mail("bert@example.com") with { Subject = null, Html = null, Tags = ["typed"] }, order);

        await host.WaitForAsync(one, EmailStatus.Sent);
        Assert.Equal(["typed"], (await host.WaitForAsync(two, EmailStatus.Sent)).Tags);
        Assert.Equal("order", template.Key);
        Assert.All(system.Sink.Messages, message => Assert.Equal("Order 4711", message.Header("Subject")));
        Assert.All(system.Sink.Messages, message => Assert.Contains("<p>Anna<i>Tea</i></p>", message.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_type_that_lacks_what_the_template_needs_stops_the_start_and_everything_is_named(Store store)
    {
        await using var system = await MailSystem.CreateAsync(store);
        await using (var first = await system.StartHostAsync(settings => settings with { Works = false }))
        {
            await first.Templates.CreateAsync(Draft with
            {
                Html = "<p>{{customer.firstName}}{{#each lines}}{{price}}{{/each}}{{notes.anything}}</p>",
                Schema = Json("""
                    {"type":"object","required":["number","dueAt"],"additionalProperties":false,
                     "properties":{"number":{"type":"string"},"dueAt":{"type":"string"},"customer":{"type":"object","required":["email"]},"lines":{},"notes":{}}}
                    """),
            });
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => system.StartHostAsync(settings => settings with
        {
            Configure = mail => mail.AddTemplate("order", TypedJson.Default.Order),
        }));

        foreach (var difference in new[]
        {
            "'number' is to be string", "'dueAt' is required", "'coupon' is not allowed", "'customer.email' is required", "'customer.firstName' is used",
            "'lines[].price' is used",
        })
        {
            Assert.Contains(difference, refused.Message, StringComparison.Ordinal);
        }

        Assert.Contains("Template 'order' (version 1) and Order", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("notes.anything", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_is_not_there_yet_does_not_stop_the_start()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        using var log = new WaitingLog("Template order was not compared with Order");
        await using var host = await system.StartHostAsync(settings => settings with
        {
            Works = false, Logs = log, Configure = mail => mail.AddTemplate("order", TypedJson.Default.Order),
        });

        await log.SeenAsync(fromWorker: false);
        var order = new Order(1, new Customer("Anna"), []);
        var refused = await Assert.ThrowsAsync<MailException>(
            () => host.Services.GetRequiredService<IMailTemplate<Order>>().SendAsync("anna@example.com", order));
        Assert.Equal(MailError.TemplateNotFound, refused.Error);
    }

    [Fact]
    public void A_type_has_one_template_and_is_written_as_an_object()
    {
        var mail = new ServiceCollection().AddJamailMail().AddTemplate("order", TypedJson.Default.Order);

        Assert.Contains("Order has a template already", Assert.Throws<ArgumentException>(() => mail.AddTemplate("other", TypedJson.Default.Order)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => mail.AddTemplate("number", TypedJson.Default.Int32));
    }

    private static RawJson Json(string text) => new(Encoding.UTF8.GetBytes(text));

    internal sealed record Order(int Number, Customer Customer, IReadOnlyList<Line> Lines)
    {
        public string? Coupon { get; init; }

        public Dictionary<string, string> Notes { get; init; } = [];
    }

    internal sealed record Customer(string Name);

    internal sealed record Line(string Title);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(int))]
    private sealed partial class TypedJson : JsonSerializerContext;
}
