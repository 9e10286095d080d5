using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

internal static class Locations
{
    /// <summary>The path of something new in the list that the request was sent to.</summary>
    public static string Below(HttpRequest request, string id) =>
        $"{request.PathBase}{request.Path}".TrimEnd('/') + "/" + Uri.EscapeDataString(id);
}
