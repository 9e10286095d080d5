using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record CategoryView(
    string Key,
    int Priority,
    double MaxAgeSeconds,
    IReadOnlyList<double> DeferScheduleSeconds,
    string Uncertain,
    double ReconcileSeconds,
    IReadOnlyList<string> Route,
    bool OneClickUnsubscribe,
    bool Essential,
    int LogDays,
    int BodyDays)
{
    public static CategoryView Of(EmailCategory category) => new(
        category.Key,
        category.Priority,
        category.MaxAge.TotalSeconds,
        [.. category.DeferSchedule.Select(wait => wait.TotalSeconds)],
        WireNames.Of(category.Uncertain),
        category.ReconcileWait.TotalSeconds,
        category.Route,
        category.OneClickUnsubscribe,
        category.IsEssential,
        (int)category.KeepLog.TotalDays,
        (int)category.KeepBody.TotalDays);
}
