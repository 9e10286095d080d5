namespace Jamail.Conventions.Tests;

public sealed class BannedMembersTests
{
    private static readonly string[] Banned =
    [
        "System.DateTime.get_UtcNow", "System.DateTime.get_Now", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_UtcNow", "System.DateTimeOffset.get_Now",
        "System.Diagnostics.Stopwatch.", "System.Environment.get_TickCount",
        "System.Threading.Thread.Sleep", "System.Threading.Timer..ctor",
        "System.Threading.PeriodicTimer..ctor(System.TimeSpan)",
        "System.Threading.CancellationTokenSource..ctor(Int32)", "System.Threading.CancellationTokenSource..ctor(System.TimeSpan)",
        "System.Console.",
    ];

    // These have an overload that takes the clock.
    private static readonly string[] BannedWithoutClock =
    [
        "System.Threading.Tasks.Task.Delay(", "System.Threading.Tasks.Task.WaitAsync(System.TimeSpan",
        "System.Threading.Tasks.Task`1.WaitAsync(System.TimeSpan",
    ];

    [Theory]
    [MemberData(nameof(Package.Each), MemberType = typeof(Package))]
    public void Time_comes_from_the_clock_that_was_given(Package package) =>
        Expect.None(
            MemberUses.Of(package.Assembly.Location).Where(IsBanned).Select(use => use.ToString()),
            "Use the TimeProvider (GetUtcNow, GetTimestamp, Task.Delay(delay, clock, token), …) and a logger instead of:");

    private static bool IsBanned(MemberUse use) =>
        Banned.Any(start => use.Name.StartsWith(start, StringComparison.Ordinal))
        || (BannedWithoutClock.Any(start => use.Name.StartsWith(start, StringComparison.Ordinal))
            && !use.Member.Contains("TimeProvider", StringComparison.Ordinal));
}
