using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.AspNetCore;

internal static class HealthEndpoints
{
    /// <summary>The health checks of Jamail's packages carry this tag.</summary>
    public const string Tag = "jamail";

    public static void Map(RouteGroupBuilder group)
    {
        group.WithTags("Health");
        group.MapGet("/live", Live);
        group.MapGet("/ready", ReadyAsync).Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
    }

    [EndpointSummary("Is the process alive?")]
    [EndpointDescription("200 while it serves requests.")]
    private static Ok<LiveView> Live() => TypedResults.Ok(new LiveView("live"));

    [EndpointSummary("Can the host do its work?")]
    [EndpointDescription("503 while Redis or the database does not answer. What works but needs attention is 'degraded', with 200.")]
    private static async Task<JsonHttpResult<HealthView>> ReadyAsync(
        HttpContext context, HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(Tag), cancellationToken).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            HealthView.Of(report),
            statusCode: report.Status == HealthStatus.Unhealthy
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK);
    }
}
