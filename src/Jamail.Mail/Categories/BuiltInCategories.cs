using System.Collections.Frozen;

namespace Jamail.Mail;

/// <summary>The categories that are there before anybody saves one.</summary>
internal static class BuiltInCategories
{
    public static EmailCategory Default { get; } = new() { Key = MailDefaults.Category };

    public static FrozenDictionary<string, EmailCategory> All { get; } = new[]
    {
        Default,
        new EmailCategory
        {
            Key = "otp",
            MaxAge = TimeSpan.FromMinutes(15),
            DeferSchedule = Seconds(5, 10, 20, 40, 80),
            Uncertain = UncertainPolicy.Resend,
            IsEssential = true,
        },
        new EmailCategory { Key = "transactional", Uncertain = UncertainPolicy.Reconcile, IsEssential = true },
        new EmailCategory
        {
            Key = "bulk",
            Priority = 10,
            MaxAge = TimeSpan.FromHours(48),
            DeferSchedule = Minutes(5, 15, 30, 60, 120, 240, 480),
            OneClickUnsubscribe = true,
        },
    }.ToFrozenDictionary(category => category.Key, StringComparer.Ordinal);

    private static IReadOnlyList<TimeSpan> Seconds(params int[] waits) => [.. waits.Select(wait => TimeSpan.FromSeconds(wait))];

    private static IReadOnlyList<TimeSpan> Minutes(params int[] waits) => [.. waits.Select(wait => TimeSpan.FromMinutes(wait))];
}
