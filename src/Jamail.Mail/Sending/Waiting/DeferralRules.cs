using System.Collections.Frozen;

namespace Jamail.Mail;

/// <summary>By the class of the verdict. A class that is not here follows the category's schedule.</summary>
internal static class DeferralRules
{
    private static readonly DeferralRule Provider = new() { Most = TimeSpan.FromSeconds(60) };
    private static readonly DeferralRule Throttle = new() { Most = TimeSpan.FromSeconds(30) };

    public static DeferralRule Schedule { get; } = new();

    public static FrozenDictionary<string, DeferralRule> All { get; } = new Dictionary<string, DeferralRule>
    {
        // Not the mail's fault, and soon over; a server that stays away is left alone by its circuit.
        ["unreachable"] = Provider,
        ["timed-out"] = Provider,
        ["connection-lost"] = Provider,
        ["protocol"] = Provider,
        ["no-free-connection"] = Provider,
        ["provider-temporary"] = Provider,
        ["provider-config"] = Provider,
        ["connection-limit"] = Throttle,
        ["session-limit"] = new() { Most = TimeSpan.FromSeconds(1) },
        ["throttle"] = Throttle,
        ["provider-quota"] = new() { Least = TimeSpan.FromHours(1) },

        // Grey-lists count from the first try; coming earlier only starts them anew.
        ["grey-list"] = new() { LeastFirst = TimeSpan.FromMinutes(5) },
        ["mailbox-full"] = new() { BouncesAfter = TimeSpan.FromHours(24) },
        ["routing"] = new() { BouncesAfter = TimeSpan.FromHours(4) },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
