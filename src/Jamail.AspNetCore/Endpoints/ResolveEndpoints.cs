using System.ComponentModel;
using Jamail.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Ends doubts by hand.</summary>
internal static class ResolveEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/emails").WithTags("E-mails");
        group.MapJsonPost("/{id}/resolve", ResolveAsync)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapJsonPost("/resolve", ResolveManyAsync);
    }

    [EndpointSummary("Say what became of an e-mail in doubt")]
    [EndpointDescription("For one that is 'uncertain': it was sent, it was not, or it is to be sent again.")]
    private static async Task<Ok<SendLogView>> ResolveAsync(
        [Description("The e-mail's id.")] string id,
        JsonBody<ResolveRequest> body,
        Caller caller,
        IUncertainEmails emails,
        CancellationToken cancellationToken)
    {
        var entry = EmailId.TryParse(id, out var known)
            ? await emails.ResolveAsync(known, Resolution(body.Value.As), caller.Tenant, cancellationToken).ConfigureAwait(false)
            : null;
        return TypedResults.Ok(SendLogView.Of(entry ?? throw ProblemException.NotFound("e-mail", id, "Give the id that sending returned.")));
    }

    [EndpointSummary("Say what became of all e-mails in doubt")]
    [EndpointDescription("Of those that fit the filter. With 'dryRun' they are only counted.")]
    private static async Task<Ok<ResolvedView>> ResolveManyAsync(
        JsonBody<ResolveManyRequest> body, Caller caller, IUncertainEmails emails, CancellationToken cancellationToken)
    {
        var query = new UncertainQuery
        {
            Category = body.Value.Category,
            Provider = body.Value.Provider,
            QueuedBefore = body.Value.QueuedBefore,
            Tenant = caller.Tenant,
        };
        var dryRun = body.Value.DryRun ?? false;
        var count = await emails.ResolveAllAsync(query, Resolution(body.Value.As), dryRun, cancellationToken).ConfigureAwait(false);
        return TypedResults.Ok(new ResolvedView(count, dryRun));
    }

    private static UncertainResolution Resolution(string? text) =>
        WireNames.Parse("as", text, Enum.GetValues<UncertainResolution>(), WireNames.Of)
        ?? throw ProblemException.Invalid("as", "It is missing, and the request needs it.", "Send 'sent', 'failed' or 'resend'.");
}
