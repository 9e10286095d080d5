using Jamail.Queueing;
using Jamail.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Jamail.AspNetCore;

/// <summary>Maps receivers of webhooks.</summary>
public static class WebhookReceiverEndpointRouteBuilderExtensions
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>
    /// Maps a <c>POST</c> that receives webhooks. A request that does not prove by its signature where it comes from is answered
    /// 401; one that was handled before, 200 without being handled again; one whose handler fails, 500, and is handled when it is
    /// sent again.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="configure">Secrets, scheme and handlers.</param>
    /// <returns>The endpoint, to add conventions to.</returns>
    /// <exception cref="InvalidOperationException">The options break rules; the message names all of them.</exception>
    public static IEndpointConventionBuilder MapWebhookReceiver(
        this IEndpointRouteBuilder endpoints, string pattern, Action<WebhookReceiverOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WebhookReceiverOptions();
        configure(options);
        var problems = new List<string>();
        var secrets = Check(options, endpoints.ServiceProvider, problems);
        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"The webhook receiver at '{pattern}' cannot be mapped. {string.Join(" ", problems)}");
        }

        RequestDelegate receive = new ReceiverEndpoint(pattern, options, secrets).InvokeAsync;
        return endpoints.MapPost(pattern, receive).WithDisplayName($"webhook receiver {pattern}");
    }

    private static List<WebhookSecret> Check(WebhookReceiverOptions options, IServiceProvider services, List<string> problems)
    {
        var secrets = new List<WebhookSecret>();
        foreach (var text in options.Secrets)
        {
            if (WebhookSecret.TryParse(text, out var secret, out var problem))
            {
                secrets.Add(secret);
            }
            else
            {
                problems.Add($"Secret {secrets.Count + 1}: {problem.Rule} {problem.Fix}");
            }
        }

        RefuseIf(options.Secrets.Count == 0, "It has no secret: add the one the sender shows to Secrets.");
        RefuseIf(!Enum.IsDefined(options.Scheme), $"Scheme is {(int)options.Scheme} but must be Standard, GitHub or Stripe.");
        RefuseIf(options.Tolerance < Second || options.Tolerance > Hour, $"Tolerance is {options.Tolerance} but must be 1 second to 1 hour.");
        RefuseIf(
            options.RememberFor < TimeSpan.Zero || options.RememberFor > TimeSpan.FromDays(30),
            $"RememberFor is {options.RememberFor} but must be zero to 30 days.");
        RefuseIf(
            options.HandlerTimeout < Second || options.HandlerTimeout > Hour,
            $"HandlerTimeout is {options.HandlerTimeout} but must be 1 second to 1 hour.");
        RefuseIf(options.MaxBodyBytes is < 1 or > 64 * 1024 * 1024, $"MaxBodyBytes is {options.MaxBodyBytes} but must be 1 to 67108864.");
        RefuseIf(options.Handlers.Count == 0 && options.Other is null, "It handles nothing: add a handler with On or OnOther.");
        RefuseIf(
            options.RememberFor > TimeSpan.Zero && services.GetService<RedisConnections>() is null,
            "It remembers ids in Redis, which is not among the host's services: call builder.Services.AddJamailQueueing() or AddJamail(), or set RememberFor to zero.");
        return secrets;

        void RefuseIf(bool isWrong, string problem)
        {
            if (isWrong)
            {
                problems.Add(problem);
            }
        }
    }
}
