using System.Security.Claims;
using Jamail.Queueing;
using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>What a caller may do beyond what every caller may.</summary>
internal static class Scopes
{
    public const string ForceEmails = "emails:force";
    public const string ReadSecrets = "webhooks:secrets";

    private static readonly string[] Claims = ["scope", "scp"];

    /// <summary>Those of a user whom the host's own authorization let in: claims <c>scope</c> or <c>scp</c>, names separated by spaces.</summary>
    public static IReadOnlyList<string> Of(ClaimsPrincipal user) =>
        [.. user.Claims.Where(claim => Claims.Contains(claim.Type)).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    public static ProblemException Missing(string scope, string field) => new(
        StatusCodes.Status403Forbidden,
        "forbidden",
        $"This needs the scope '{scope}', which the caller does not have.",
        [new InputProblem(field, $"Only callers with the scope '{scope}' may ask for it.", $"Add it to Jamail:ApiKeys:<name>:Scopes of the key, or to the user's claim 'scope'.")]);
}
