using System.ComponentModel;
using Jamail.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Jamail.AspNetCore;

/// <summary>Counts e-mails.</summary>
internal static class MailStatsEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(24);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/mail/stats", CountAsync).WithTags("E-mails").ProducesProblem(StatusCodes.Status422UnprocessableEntity);

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
}
