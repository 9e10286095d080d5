using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>Who a request is made for.</summary>
/// <param name="Tenant">Whose data it may see and change.</param>
internal sealed record Caller(string Tenant)
{
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
