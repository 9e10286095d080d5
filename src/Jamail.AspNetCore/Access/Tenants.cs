using Jamail.Queueing;
using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>Tells the tenant of a request.</summary>
internal static class Tenants
{
    public const string Claim = "tenant";
    public const string Header = "X-Tenant";
    private const int MaxLength = 100;

    /// <summary>The user's claim, then the key's tenant; the header before both, but only where it is trusted.</summary>
    public static string Choose(HttpContext context, JamailHostOptions options, string? keyTenant)
    {
        if (options.TrustTenantHeader && context.Request.Headers[Header].ToString() is { Length: > 0 } named)
        {
            return named.Length <= MaxLength && named.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
                ? named
                : throw ProblemException.Invalid(
                    Header, $"The tenant must be 1 to {MaxLength} letters, digits, '-', '_' or '.'.", "Send a tenant's name.");
        }

        var claimed = context.User.Identity?.IsAuthenticated is true ? context.User.FindFirst(Claim)?.Value : null;
        return claimed is { Length: > 0 } ? claimed : keyTenant ?? JamailHostOptions.DefaultTenant;
    }
}
