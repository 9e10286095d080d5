namespace Jamail.Webhooks;

internal static class UnixTime
{
    public static DateTimeOffset? From(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
