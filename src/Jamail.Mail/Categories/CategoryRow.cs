using System.Globalization;

namespace Jamail.Mail;

/// <summary>A row of mail_category.</summary>
internal sealed class CategoryRow
{
    public string TenantId { get; set; } = "";

    public string Key { get; set; } = "";

    public int Priority { get; set; }

    public long MaxAge { get; set; }

    public string DeferSchedule { get; set; } = "";

    public int UncertainPolicy { get; set; }

    public long ReconcileWait { get; set; }

    public string ProviderRoute { get; set; } = "";

    public int Unsubscribe { get; set; }

    public int Essential { get; set; }

    public int LogDays { get; set; }

    public int BodyDays { get; set; }

    public long UpdatedAt { get; set; }

    public static CategoryRow Of(EmailCategory category, string tenant, long now) => new()
    {
        TenantId = tenant,
        Key = category.Key,
        Priority = category.Priority,
        MaxAge = (long)category.MaxAge.TotalMilliseconds,
        DeferSchedule = string.Join(',', category.DeferSchedule.Select(
            wait => ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture))),
        UncertainPolicy = (int)category.Uncertain,
        ReconcileWait = (long)category.ReconcileWait.TotalMilliseconds,
        ProviderRoute = string.Join('\n', category.Route),
        Unsubscribe = category.OneClickUnsubscribe ? 1 : 0,
        Essential = category.IsEssential ? 1 : 0,
        LogDays = (int)category.KeepLog.TotalDays,
        BodyDays = (int)category.KeepBody.TotalDays,
        UpdatedAt = now,
    };

    public EmailCategory ToCategory() => new()
    {
        Key = Key,
        Priority = Priority,
        MaxAge = TimeSpan.FromMilliseconds(MaxAge),
        DeferSchedule =
        [
            .. DeferSchedule.Split(',').Select(wait => TimeSpan.FromMilliseconds(long.Parse(wait, CultureInfo.InvariantCulture))),
        ],
        Uncertain = (UncertainPolicy)UncertainPolicy,
        ReconcileWait = TimeSpan.FromMilliseconds(ReconcileWait),
        Route = ProviderRoute.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        OneClickUnsubscribe = Unsubscribe == 1,
        IsEssential = Essential == 1,
        KeepLog = TimeSpan.FromDays(LogDays),
        KeepBody = TimeSpan.FromDays(BodyDays),
    };
}
