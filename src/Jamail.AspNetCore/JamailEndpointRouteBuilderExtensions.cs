using Jamail.Queueing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.AspNetCore;

/// <summary>Maps Jamail's endpoints.</summary>
public static class JamailEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints for templates, e-mails, webhooks, events and queues. A caller needs one of the keys
    /// <c>Jamail:ApiKey</c> or <c>Jamail:ApiKeys</c>, or must satisfy the authorization that is required of the returned
    /// group. Without either, only callers on this machine are served, and a host that listens beyond loopback does not
    /// start (unless <c>Jamail:AllowAnonymous</c> is set).
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="prefix">What the paths begin with.</param>
    /// <returns>The group, to add conventions to, such as <c>RequireAuthorization()</c>.</returns>
    public static RouteGroupBuilder MapJamail(this IEndpointRouteBuilder endpoints, string prefix = "/api")
    {
        var services = Services(endpoints);
        var group = endpoints.MapGroup(prefix);
        ((IEndpointConventionBuilder)group).Finally(builder => AccessGate.Guard(builder, services));
        group.ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        TemplateEndpoints.Map(group);
        TemplateVersionEndpoints.Map(group);
        TemplatePartEndpoints.Map(group);
        SendEndpoints.Map(group);
        SendLogEndpoints.Map(group);
        EmailEndpoints.Map(group);
        EmailLogEndpoints.Map(group);
        ResolveEndpoints.Map(group);
        CategoryEndpoints.Map(group);
        ProviderEndpoints.Map(group);
        SuppressionEndpoints.Map(group);
        MailStatsEndpoints.Map(group);
        DevInboxEndpoints.Map(group);
        WebhookEndpoints.Map(group);
        WebhookControlEndpoints.Map(group);
        RecoveryEndpoints.Map(group);
        EventTypeEndpoints.Map(group);
        DeliveryEndpoints.Map(group);
        EventEndpoints.Map(group);
        QueueEndpoints.Map(group);
        JobEndpoints.Map(group);
        SchedulerEndpoints.Map(group);
        FlowEndpoints.Map(group);
        services.GetRequiredService<StartChecks>().Add(new ExposureCheck(endpoints, services).RunAsync);
        return group;
    }

    /// <summary>
    /// Maps the endpoints that are for everybody because each call proves itself: unsubscribing (<c>/u/{token}</c>), and reports
    /// of bounces, complaints and deliveries (<c>/inbound/{provider}</c>, <c>/inbound/dsn</c>).
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="prefix">What the paths begin with.</param>
    /// <returns>The group, to add conventions to.</returns>
    public static RouteGroupBuilder MapJamailPublic(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        var services = Services(endpoints);
        var group = endpoints.MapGroup(prefix);
        ((IEndpointConventionBuilder)group).Finally(builder => ProblemGate.Guard(builder, services));
        UnsubscribeEndpoints.Map(group);
        InboundEndpoints.Map(group);
        return group;
    }

    /// <summary>
    /// Maps <c>live</c>, which answers 200 while the process serves requests, and <c>ready</c>, which answers 503 while Redis
    /// or the database does not answer. Both are for everybody and name no addresses.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="prefix">What the paths begin with.</param>
    /// <returns>The group, to add conventions to.</returns>
    public static RouteGroupBuilder MapJamailHealth(this IEndpointRouteBuilder endpoints, string prefix = "/health")
    {
        _ = Services(endpoints);
        var group = endpoints.MapGroup(prefix);
        HealthEndpoints.Map(group);
        return group;
    }

    private static IServiceProvider Services(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.ServiceProvider.GetService<StartChecks>() is not null
            ? endpoints.ServiceProvider
            : throw new InvalidOperationException("Jamail is not among the host's services; call builder.Services.AddJamail() before Build().");
    }
}
