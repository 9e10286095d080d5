using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Tells what became of e-mails.</summary>
internal static class EmailLogEndpoints
{
    private const string Id = "The e-mail's id, or the one its producer gave it.";

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/emails").WithTags("E-mails");
        group.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{id}", ReadAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/attempts", AttemptsAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/events", EventsAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/content", ContentAsync)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone);
        group.MapGet("/{id}/raw", RawAsync)
            .Produces(StatusCodes.Status200OK, contentType: "message/rfc822")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone);
    }

    [EndpointSummary("List e-mails")]
    [EndpointDescription("Newest first, a page at a time.")]
    private static async Task<Ok<Page<EmailView>>> ListAsync(
        [AsParameters] EmailQuery query, [AsParameters] PageQuery page, Caller caller, ISendLog log, CancellationToken cancellationToken)
    {
        var found = await log.ListAsync(query.ToQuery(page, caller.Tenant), cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<EmailView>([.. found.Items.Select(EmailView.Of)], found.Next));
    }

    [EndpointSummary("Read an e-mail")]
    [EndpointDescription("Without its content.")]
    private static async Task<Ok<EmailView>> ReadAsync(
        [Description(Id)] string id, Caller caller, ISendLog log, CancellationToken cancellationToken) =>
        TypedResults.Ok(EmailView.Of(await log.TryGetAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id)));

    [EndpointSummary("List the tries to send an e-mail")]
    [EndpointDescription("Oldest first: how far each got and what the server said.")]
    private static async Task<Ok<Page<SendAttemptView>>> AttemptsAsync(
        [Description(Id)] string id, Caller caller, ISendLog log, CancellationToken cancellationToken)
    {
        var attempts = await log.TryListAttemptsAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id);
        return TypedResults.Ok(new Page<SendAttemptView>([.. attempts.Select(SendAttemptView.Of)], null));
    }

    [EndpointSummary("List what happened to an e-mail")]
    [EndpointDescription("Oldest first.")]
    private static async Task<Ok<Page<SendEvent>>> EventsAsync(
        [Description(Id)] string id, Caller caller, ISendLog log, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<SendEvent>(
            await log.TryListEventsAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id), null));

    [EndpointSummary("Read the content of an e-mail")]
    [EndpointDescription("While it is kept; then 410.")]
    private static async Task<Ok<StoredContent>> ContentAsync(
        [Description(Id)] string id, Caller caller, ISendLog log, CancellationToken cancellationToken) =>
        TypedResults.Ok(await log.TryGetContentAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id));

    [EndpointSummary("Read an e-mail as it is sent")]
    [EndpointDescription("The bytes of the message (RFC 5322), while its content is kept; then 410.")]
    private static async Task<FileContentHttpResult> RawAsync(
        [Description(Id)] string id, Caller caller, ISendLog log, CancellationToken cancellationToken)
    {
        var raw = await log.TryGetRawAsync(id, caller.Tenant, cancellationToken).ConfigureAwait(false) ?? throw NotFound(id);
        return TypedResults.Bytes(raw, "message/rfc822", $"{id}.eml");
    }

    private static ProblemException NotFound(string id) =>
        ProblemException.NotFound("e-mail", id, "Give the id that sending returned.");
}
