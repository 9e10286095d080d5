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

    private readonly List<(byte[] Digest, string Tenant, string Name)> _keys;

    public ApiKeyRing(JamailHostOptions options)
    {
        _keys = [.. options.ApiKeys.Select(key => (Digest(key.Value.Key), key.Value.Tenant, key.Key))];
        if (!string.IsNullOrEmpty(options.ApiKey))
        {
            _keys.Add((Digest(options.ApiKey), JamailHostOptions.DefaultTenant, OnlyKey));
        }
    }

    public bool Any => _keys.Count > 0;

    /// <summary>Whose key a request carries, and what the key is called.</summary>
    public bool TryFind(HttpRequest request, out string? tenant, out string? name)
    {
        (tenant, name) = (null, null);
        if (Given(request) is not { } given)
        {
            return false;
        }

        var digest = Digest(given);
        foreach (var (known, owner, called) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(digest, known))
            {
                (tenant, name) = (owner, called);
            }
        }

        return tenant is not null;
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
}
