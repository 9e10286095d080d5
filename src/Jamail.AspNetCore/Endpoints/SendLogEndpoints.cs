using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

internal static class SendLogEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/send-logs").WithTags("Send log");
        group.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{logId}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("List e-mails")]
    [EndpointDescription("Newest first, a page at a time.")]
    private static async Task<Ok<Page<SendLogView>>> ListAsync(
        [Description("Only those in this state: queued, sending, retrying, sent, failed or uncertain.")] string? status,
        [Description("Only those to this address.")] string? recipient,
        [AsParameters] PageQuery page,
        Caller caller,
        ISendLog log,
        CancellationToken cancellationToken)
    {
        var query = new SendLogQuery
        {
            Status = WireNames.Parse("status", status, Enum.GetValues<EmailStatus>(), WireNames.Of),
            Recipient = string.IsNullOrEmpty(recipient) ? null : recipient,
            Cursor = page.Position,
            PageSize = page.Size,
            Tenant = caller.Tenant,
        };
        var found = await log.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<SendLogView>([.. found.Items.Select(SendLogView.Of)], found.Next));
    }

    [EndpointSummary("Read what became of an e-mail")]
    [EndpointDescription("'sent' means accepted by the mail server. 'uncertain' means that it cannot be known, and that nothing is sent again by itself.")]
    private static async Task<Ok<SendLogView>> ReadAsync(
        [Description("The id that sending returned.")] string logId,
        Caller caller,
        ISendLog log,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(SendLogView.Of(
            await log.TryGetAsync(logId, caller.Tenant, cancellationToken).ConfigureAwait(false)
            ?? throw ProblemException.NotFound("e-mail", logId, "Give the logId that sending returned.")));
}
