using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>Who a request is made for.</summary>
/// <param name="Tenant">Whose data it may see and change.</param>
/// <param name="Name">Who it is: the name of the key, or of the host's own user.</param>
internal sealed record Caller(string Tenant, string Name)
{
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
