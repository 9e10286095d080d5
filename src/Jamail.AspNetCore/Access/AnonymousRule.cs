using System.Net;
using Jamail.Queueing;
using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>
/// Who is served without a key: somebody on this machine. Not a web page that a browser on this machine shows (it could
/// otherwise post to loopback), not a name that was bent to loopback, and not somebody behind a proxy on this machine.
/// </summary>
internal static class AnonymousRule
{
    private const string Fix =
        "Set Jamail:ApiKey (environment: Jamail__ApiKey) and send it as 'Authorization: Bearer <key>', require authorization on " +
        "MapJamail(), or, where everybody who can reach the host may use it, set Jamail:AllowAnonymous to true.";

    /// <summary>Why the request is not served; <see langword="null"/> when it is.</summary>
    public static ProblemException? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (context.Connection.RemoteIpAddress is not { } remote || !IsLoopback(remote))
        {
            return Refuse("remote address", "The request does not come from this machine.");
        }

        if (!IsLoopback(request.Host))
        {
            return Refuse("Host", "The request is addressed to another name than localhost, 127.0.0.1 or [::1].");
        }

        if (request.Headers.Keys.FirstOrDefault(IsForwarding) is { } forwarding)
        {
            return Refuse(forwarding, "The request was forwarded, so it may come from anywhere.");
        }

        if (request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin.ToString(), request))
        {
            return Refuse("Origin", "The request was made by a web page of another origin.");
        }

        return request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site.ToString() is not ("same-origin" or "none")
            ? Refuse("Sec-Fetch-Site", "The request was made by a web page of another origin.")
            : null;
    }

    /// <summary>Whether an address a server listens on can be reached from this machine only.</summary>
    public static bool IsLoopback(Uri address) =>
        IsLoopback(new HostString(address.Host)) || address.Host is "unix" || address.Scheme is not ("http" or "https");

    private static bool IsLoopback(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IsLoopback(address));

    private static bool IsLoopback(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsForwarding(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase);

    private static bool IsOwn(string origin, HttpRequest request) =>
        origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static ProblemException Refuse(string field, string rule) => new(
        StatusCodes.Status403Forbidden,
        "forbidden",
        "Without an API key only programs on this machine are served.",
        [new InputProblem(field, rule, Fix)]);
}
