namespace Jamail.Shared;

internal static class ClockExtensions
{
    public static long UnixMs(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
