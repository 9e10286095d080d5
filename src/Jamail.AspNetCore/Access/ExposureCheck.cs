using Jamail.Queueing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Jamail.AspNetCore;

/// <summary>
/// Looks, once the host listens, whether endpoints without key and authorization can be reached from other machines.
/// </summary>
internal sealed class ExposureCheck(IEndpointRouteBuilder endpoints, IServiceProvider services)
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<JamailHostOptions>>().Value;
        var open = !new ApiKeyRing(options).Any && endpoints.DataSources
            .SelectMany(source => source.Endpoints)
            .Any(endpoint => endpoint.Metadata.GetMetadata<GuardedEndpoint>() is not null
                && !AccessGate.HasAuthorization(endpoint.Metadata));
        if (!open)
        {
            return Task.CompletedTask;
        }

        var logger = services.GetRequiredService<ILogger<ExposureCheck>>();
        if (options.AllowAnonymous)
        {
            logger.EverybodyServed();
            return Task.CompletedTask;
        }

        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var reachable = addresses.Where(address => !IsLoopback(address)).ToList();
        if (reachable.Count > 0)
        {
            throw new InvalidOperationException(
                $"This host listens on {string.Join(", ", reachable)}, which other machines can reach, and Jamail's endpoints need no key. " +
                "Set Jamail:ApiKey (environment: Jamail__ApiKey), require authorization on MapJamail(), listen on 127.0.0.1 alone, or, " +
                "where everybody who can reach the host may use it, set Jamail:AllowAnonymous to true.");
        }

        logger.LoopbackServed();
        return Task.CompletedTask;
    }

    // Kestrel writes wildcards as http://[::]:80 and http://0.0.0.0:80, configuration also as http://*:80 and http://+:80.
    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal),
            UriKind.Absolute, out var uri) && AnonymousRule.IsLoopback(uri);
}
