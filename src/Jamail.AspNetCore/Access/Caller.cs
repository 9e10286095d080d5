using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>Who a request is made for.</summary>
/// <param name="Tenant">Whose data it may see and change.</param>
/// <param name="Name">Who it is: the name of the key, or of the host's own user.</param>
/// <param name="Scopes">What it may do beyond what every caller may; null: everything.</param>
internal sealed record Caller(string Tenant, string Name, IReadOnlyCollection<string>? Scopes = null)
{
    public bool MayDo(string scope) => Scopes is null || Scopes.Contains(scope);

    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
