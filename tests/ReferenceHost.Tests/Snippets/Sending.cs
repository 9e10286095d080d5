using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jamail.Mail;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace ReferenceHost.Tests.Snippets;

internal static class Sending
{
    public static async Task<EmailId> Send(IMailer mailer)
    {
        // snippet: send
        var id = await mailer.SendAsync(new EmailMessage
        {
            To = "anna@example.com",
            Template = "order-confirmed",
            Variables = JsonSerializer.SerializeToElement(new { name = "Anna", order = new { total = "12.50" } }),
            IdempotencyKey = "order-4711-confirmed",
        });
        // end
        return id;
    }

    public static async Task<AcceptedEmail> SendWithEverything(IMailer mailer, byte[] invoice, DateTimeOffset tomorrow)
    {
        // snippet: send-with-everything
        var email = await mailer.AcceptAsync(new EmailMessage
        {
            To = "anna@example.com",
            Cc = ["Bert <bert@example.com>"],
            ReplyTo = "help@example.com",
            Subject = "Your invoice",
            Html = "<p>It is attached.</p>",
            Attachments = [new EmailAttachment { FileName = "invoice.pdf", ContentType = "application/pdf", Content = invoice }],
            Tags = ["invoices"],
            Metadata = new Dictionary<string, string> { ["order"] = "4711" },
            ScheduledAt = tomorrow,
        });
        await mailer.CancelAsync(email.Id);
        // end
        return email;
    }

    public static void AddTypedTemplate(IHostApplicationBuilder builder)
    {
        // snippet: typed-template
        builder.Services.AddJamailMail().AddTemplate("order-paid", MailJson.Default.OrderPaid);
        // end
    }

    public static async Task SendTyped(IMailTemplate<OrderPaid> template)
    {
        // snippet: send-typed
        await template.SendAsync("anna@example.com", new OrderPaid(4711, "12.50"));
        // end
    }

    public static async Task Templates(IEmailTemplates templates, EmailTemplateDraft changed)
    {
        // snippet: template-versions
        var draft = await templates.CreateDraftAsync("order-confirmed", changed);
        await templates.PublishAsync("order-confirmed", draft.Version);
        await templates.PublishAsync("order-confirmed", draft.Version - 1); // roll back
        // end
    }

    public static async Task<Suppression?> Suppress(ISuppressions suppressions)
    {
        // snippet: suppress
        await suppressions.AddAsync([new Suppression { Address = "anna@example.com", Scope = "newsletter" }]);
        var entry = await suppressions.CheckAsync("anna@example.com", "newsletter");
        // end
        return entry;
    }

    public static async Task SendInTransaction(
        DbConnection connection, IMailer mailer, EmailMessage confirmation, object order, CancellationToken cancellationToken)
    {
        // snippet: send-in-transaction
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SaveOrderAsync(connection, transaction, order, cancellationToken);
        await mailer.SendAsync(confirmation, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // end
    }

    public static async Task<PublishedEvent> Publish(IWebhookPublisher publisher)
    {
        // snippet: publish
        var published = await publisher.PublishAsync("order.paid", new { orderId = 4711, total = "12.50" });
        // end
        return published;
    }

    public static WebhookVerification Verify(byte[] body, HttpRequest request, string secret, TimeProvider clock)
    {
        // snippet: verify
        var verdict = WebhookSignature.Verify(
            body,
            request.Headers["webhook-id"],
            request.Headers["webhook-timestamp"],
            request.Headers["webhook-signature"],
            [WebhookSecret.Parse(secret)],
            clock.GetUtcNow());
        // end
        return verdict;
    }

    private static async Task SaveOrderAsync(
        DbConnection connection, DbTransaction transaction, object order, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into orders values ('{order.GetHashCode()}')";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

internal sealed record OrderPaid(int Number, string Total);

[JsonSerializable(typeof(OrderPaid))]
internal sealed partial class MailJson : JsonSerializerContext;
