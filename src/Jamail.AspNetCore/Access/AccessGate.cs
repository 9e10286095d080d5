using Jamail.Mail;
using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.AspNetCore;

/// <summary>
/// Stands before every endpoint: decides who the caller is before a byte of the body is read, and turns what goes wrong
/// into problem+json.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, IServiceProvider services)
{
    private const int LongestName = 200;

    private readonly Lazy<ApiKeyRing> _keys = new(() => new ApiKeyRing(Options(services)));

    public static void Guard(EndpointBuilder builder, IServiceProvider services)
    {
        if (builder.RequestDelegate is { } next)
        {
            builder.Metadata.Add(new GuardedEndpoint());
            builder.RequestDelegate = new AccessGate(next, services).InvokeAsync;
        }
    }

    /// <summary>Whether the host itself demands something of the caller, which has then been checked already.</summary>
    public static bool HasAuthorization(EndpointMetadataCollection? metadata) =>
        metadata is not null
        && metadata.GetMetadata<IAllowAnonymous>() is null
        && (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<AuthorizationPolicy>() is not null);

    private async Task InvokeAsync(HttpContext context)
    {
        try
        {
            var caller = Identify(context);
            context.Features.Set(caller);
            var name = caller.Name.Length <= LongestName ? caller.Name : caller.Name[..LongestName];
            using var mail = services.GetService<IMailAudit>()?.ActAs(name);
            using var webhooks = services.GetService<IWebhookAudit>()?.ActAs(name);
            await next(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var problem = FaultProblems.Describe(fault);
            if (problem.Status == StatusCodes.Status500InternalServerError)
            {
                services.GetRequiredService<ILogger<AccessGate>>()
                    .RequestFailed(fault, context.Request.Method, context.GetEndpoint()?.DisplayName);
            }

            await ProblemWriter.WriteAsync(context, problem).ConfigureAwait(false);
        }
    }

    private Caller Identify(HttpContext context)
    {
        var options = Options(services);
        if (HasAuthorization(context.GetEndpoint()?.Metadata))
        {
            return new Caller(Tenants.Choose(context, options, keyTenant: null), context.User.Identity?.Name is { Length: > 0 } user ? user : "authorized", Scopes.Of(context.User));
        }

        if (_keys.Value.Any)
        {
            return _keys.Value.TryFind(context.Request) is { } key
                ? new Caller(Tenants.Choose(context, options, key.Tenant), $"key {key.Name}", key.Scopes)
                : throw ApiKeyRing.Refusal(context.Request);
        }

        if (!options.AllowAnonymous && AnonymousRule.Refusal(context) is { } refusal)
        {
            throw refusal;
        }

        return new Caller(Tenants.Choose(context, options, keyTenant: null), "anonymous");
    }

    private static JamailHostOptions Options(IServiceProvider services) =>
        services.GetRequiredService<IOptions<JamailHostOptions>>().Value;
}
