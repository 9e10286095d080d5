using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Jamail.AspNetCore;

/// <summary>The keys that open the HTTP surface. Compared as digests, all of them, so that the time tells nothing.</summary>
internal sealed class ApiKeyRing
{
    private const string Bearer = "Bearer ";
    private const string Header = "X-Api-Key";

    private const string OnlyKey = "ApiKey";

    private readonly List<KnownKey> _keys;

    public ApiKeyRing(JamailHostOptions options)
    {
        _keys = [.. options.ApiKeys.Select(key => new KnownKey(Digest(key.Value.Key), key.Value.Tenant, key.Key, [.. key.Value.Scopes]))];
        if (!string.IsNullOrEmpty(options.ApiKey))
        {
            _keys.Add(new KnownKey(Digest(options.ApiKey), JamailHostOptions.DefaultTenant, OnlyKey, null));
        }
    }

    public bool Any => _keys.Count > 0;

    /// <summary>The key that a request carries; null when it carries none of them.</summary>
    public KnownKey? TryFind(HttpRequest request)
    {
        if (Given(request) is not { } given)
        {
            return null;
        }

        var digest = Digest(given);
        KnownKey? found = null;
        foreach (var known in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(digest, known.Digest))
            {
                found = known;
            }
        }

        return found;
    }

    public static ProblemException Refusal(HttpRequest request) => new(
        StatusCodes.Status401Unauthorized,
        "unauthorized",
        Given(request) is null ? "No API key was sent." : "The API key is not one of this host's.",
        [new InputProblem(
            "Authorization",
            "This host is set up with API keys, and the request carries none of them.",
            $"Send one of the keys as 'Authorization: Bearer <key>' or as '{Header}: <key>'; they are set as Jamail:ApiKey or Jamail:ApiKeys.")]);

    private static string? Given(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } authorization]
            && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        return request.Headers.TryGetValue(Header, out StringValues key) && key is [{ Length: > 0 } given] ? given : null;
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <param name="Digest">Of the key.</param>
    /// <param name="Tenant">Whose it is.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Scopes">What it may do beyond what every key may; null: everything, as the only key.</param>
    internal sealed record KnownKey(byte[] Digest, string Tenant, string Name, IReadOnlyList<string>? Scopes);
}
