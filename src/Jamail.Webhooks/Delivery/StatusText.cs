namespace Jamail.Webhooks;

/// <summary>Says what is wrong with a status.</summary>
internal static class StatusText
{
    private const int MaxLocation = 300;

    /// <returns>Null for 2xx.</returns>
    public static string? Error(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => null,
            >= 300 and < 400 when Location(response) is { } location =>
                $"The endpoint answered {status} and points to {location}. Redirects are not followed: update the endpoint's URL.",
            410 => "The endpoint answered 410: it wants no more events.",
            _ => $"The endpoint answered {status}.",
        };
    }

    private static string? Location(HttpResponseMessage response) =>
        response.Headers.Location?.OriginalString is { } location
            ? location.Length > MaxLocation ? location[..MaxLocation] + "…" : location
            : null;
}
