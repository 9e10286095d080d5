using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record MailStatsView(
    DateTimeOffset Since,
    DateTimeOffset Until,
    long Total,
    IReadOnlyDictionary<string, long> Statuses,
    IReadOnlyList<MailGroupView> Categories,
    IReadOnlyList<MailGroupView> Providers,
    IReadOnlyList<MailHourView> Hours)
{
    public static MailStatsView Of(MailStats stats) => new(
        stats.Since,
        stats.Until,
        stats.Counts.Sum(count => count.Count),
        ByStatus(stats.Counts),
        Groups(stats.Counts, count => count.Category),
        Groups(stats.Counts.Where(count => count.Provider is not null), count => count.Provider!), // Just filtered.
        [.. stats.Counts.GroupBy(count => count.Hour).OrderBy(hour => hour.Key)
            .Select(hour => new MailHourView(hour.Key, hour.Sum(count => count.Count), ByStatus(hour)))]);

    private static IReadOnlyList<MailGroupView> Groups(IEnumerable<MailCount> counts, Func<MailCount, string> name) =>
        [.. counts.GroupBy(name).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new MailGroupView(group.Key, group.Sum(count => count.Count), ByStatus(group)))];

    private static Dictionary<string, long> ByStatus(IEnumerable<MailCount> counts) =>
        counts.GroupBy(count => count.Status).OrderBy(status => status.Key)
            .ToDictionary(status => WireNames.Of(status.Key), status => status.Sum(count => count.Count));
}

internal sealed record MailGroupView(string Name, long Total, IReadOnlyDictionary<string, long> Statuses);

internal sealed record MailHourView(DateTimeOffset Hour, long Total, IReadOnlyDictionary<string, long> Statuses);
