using System.Security.Cryptography;
using System.Text;
using Jamail.Mail;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Jamail.AspNetCore;

/// <summary>Reports about e-mails. Every call proves itself: by a signature, or by the secret for raw messages.</summary>
internal static class InboundEndpoints
{
    private const string Dsn = "dsn";
    private const int MaxRaw = 1024 * 1024;
    private const int MaxReport = 64 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/inbound/dsn", TakeRawAsync).WithTags("Public").WithSummary("Take a bounce or a complaint as a raw message");
        group.MapPost("/inbound/{provider}", TakeAsync).WithTags("Public").WithSummary("Take a signed report");
    }

    private static async Task<Ok<CountView>> TakeRawAsync(
        HttpContext context, IOptions<MailOptions> options, IMailReports reports, CancellationToken cancellationToken)
    {
        var given = context.Request.Headers.Authorization.ToString();
        if (!options.Value.InboundSecrets.TryGetValue(Dsn, out var secret) || !Same(given, $"Bearer {secret}"))
        {
            throw Refused(Dsn, "Send the secret as 'Authorization: Bearer <secret>'");
        }

        var message = await ReadAsync(context, MaxRaw).ConfigureAwait(false);
        return TypedResults.Ok(new CountView((await reports.TakeRawAsync(message, cancellationToken).ConfigureAwait(false)).Count));
    }

    private static async Task<Ok<CountView>> TakeAsync(
        string provider, HttpContext context, IOptions<MailOptions> options, IMailReports reports, TimeProvider clock, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(context, MaxReport).ConfigureAwait(false);
        var headers = context.Request.Headers;
        if (!options.Value.InboundSecrets.TryGetValue(provider, out var secret) || WebhookSignature.Verify(
            body, headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"], [WebhookSecret.Parse(secret)], clock.GetUtcNow()) != WebhookVerification.Genuine)
        {
            throw Refused(provider, "Sign the request as Standard Webhooks say (webhook-id, webhook-timestamp, webhook-signature)");
        }

        var request = JsonInput.Read<InboundRequest>(body);
        var report = new MailReport
        {
            Source = provider,
            EventId = headers["webhook-id"].ToString(),
            Kind = WireNames.Parse("type", request.Type, Enum.GetValues<MailReportKind>(), WireNames.Of)
                ?? throw ProblemException.Invalid("type", "It is missing.", "Give delivered, delayed, bounced or complained."),
            EmailId = request.EmailId,
            MessageId = request.MessageId,
            Recipient = request.Recipient,
            EnhancedCode = request.Code,
            Detail = request.Detail,
        };
        var taken = await reports.TakeAsync(report, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new CountView(taken is null ? 0 : 1));
    }

    private static ProblemException Refused(string provider, string how) => new(
        StatusCodes.Status401Unauthorized, "unauthorized",
        $"The report does not prove that it comes from '{provider}'. {how}; the secret is set as Jamail:Mail:InboundSecrets:{provider}.");

    private static async Task<byte[]> ReadAsync(HttpContext context, int limit)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, count);
            if (body.Length > limit)
            {
                throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large", $"The body has more than {limit} bytes.");
            }
        }

        return body.ToArray();
    }

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(a)), SHA256.HashData(Encoding.UTF8.GetBytes(b)));
}
