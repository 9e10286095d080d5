using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>What the sandbox kept instead of sending it. Where mails are really sent there is nothing to see.</summary>
internal static class DevInboxEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/dev/inbox").WithTags("Dev inbox").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/{id}", ReadAsync).Produces(StatusCodes.Status200OK, contentType: "message/rfc822");
        group.MapDelete("/", ClearAsync);
    }

    [EndpointSummary("List the e-mails that the sandbox kept")]
    [EndpointDescription("Newest first, a page at a time; of all tenants.")]
    private static async Task<Ok<Page<DevInboxMessage>>> ListAsync([AsParameters] PageQuery page, IDevInbox inbox, CancellationToken cancellationToken)
    {
        ThrowIfOff(inbox);
        var mails = await inbox.ListAsync(page.Size, page.Position, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new Page<DevInboxMessage>(mails, mails.Count == page.Size ? mails[^1].Id : null));
    }

    [EndpointSummary("Read an e-mail that the sandbox kept")]
    [EndpointDescription("As it would have gone over the wire.")]
    private static async Task<FileContentHttpResult> ReadAsync(
        [Description("The e-mail's id in the list.")] string id, IDevInbox inbox, CancellationToken cancellationToken)
    {
        ThrowIfOff(inbox);
        return await inbox.TryReadAsync(id, cancellationToken).ConfigureAwait(false) is { } content
            ? TypedResults.File(content, "message/rfc822", $"{id}.eml")
            : throw ProblemException.NotFound("e-mail in the dev inbox", id, "GET /dev/inbox lists those there are.");
    }

    [EndpointSummary("Empty the dev inbox")]
    [EndpointDescription("The send log keeps its rows.")]
    private static async Task<Ok<CountView>> ClearAsync(IDevInbox inbox, CancellationToken cancellationToken)
    {
        ThrowIfOff(inbox);
        return TypedResults.Ok(new CountView(await inbox.ClearAsync(cancellationToken).ConfigureAwait(false)));
    }

    private static void ThrowIfOff(IDevInbox inbox)
    {
        if (!inbox.IsOn)
        {
            throw new ProblemException(
                StatusCodes.Status404NotFound, "not-found", "This host sends its e-mails, so there is no dev inbox. It has one with Jamail:Mail:Mode = Sandbox.");
        }
    }
}
