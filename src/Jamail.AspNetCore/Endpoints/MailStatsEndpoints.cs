using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Counts e-mails, and tells who changed how they are treated.</summary>
internal static class MailStatsEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(24);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/mail").WithTags("E-mails");
        group.MapGet("/stats", CountAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/audit", AuditAsync).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    [EndpointSummary("Count e-mails")]
    [EndpointDescription("Those accepted in a time of at most 31 days, by what has become of them: in all, by category, by mail server and by hour.")]
    private static async Task<Ok<MailStatsView>> CountAsync(
        [Description("The begin. Default: a day before the end.")] string? since,
        [Description("The end, not included. Default: now.")] string? until,
        Caller caller,
        ISendLog log,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var end = TimeQuery.Parse("until", until) ?? clock.GetUtcNow();
        var begin = TimeQuery.Parse("since", since) ?? end - Usual;
        return TypedResults.Ok(MailStatsView.Of(await log.CountAsync(begin, end, caller.Tenant, cancellationToken).ConfigureAwait(false)));
    }

    [EndpointSummary("List who changed what")]
    [EndpointDescription("Changes to templates, layouts, categories, mail servers and suppressions, erasures, resolved doubts and forced resends; newest first.")]
    private static async Task<Ok<Page<MailAuditEntry>>> AuditAsync(
        [AsParameters] PageQuery page, Caller caller, IMailAudit audit, CancellationToken cancellationToken) =>
        TypedResults.Ok(await audit.ListAsync(page.Position, page.Size, caller.Tenant, cancellationToken).ConfigureAwait(false));
}
