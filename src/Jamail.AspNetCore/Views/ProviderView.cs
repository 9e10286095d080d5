using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record ProviderView(
    string Name,
    string? Host,
    int Port,
    string Security,
    string Mechanism,
    string? User,
    bool HasPassword,
    int MaxConnections,
    int MaxMessagesPerConnection,
    int? MaxConcurrent,
    double? RatePerSecond,
    double? RatePerDomain,
    int? DailyQuota,
    bool SwallowsRepeats,
    bool IsPaused,
    string Circuit,
    string? Reason,
    bool IsConfigured)
{
    public static ProviderView Of(EmailProvider provider) => new(
        provider.Name,
        provider.Host,
        provider.Port,
        WireNames.Of(provider.Security),
        WireNames.Of(provider.Mechanism),
        provider.User,
        provider.HasPassword,
        provider.MaxConnections,
        provider.MaxMessagesPerConnection,
        provider.MaxConcurrent,
        provider.RatePerSecond,
        provider.RatePerDomain,
        provider.DailyQuota,
        provider.SwallowsRepeats,
        provider.IsPaused,
        provider.Circuit,
        provider.Reason,
        provider.IsConfigured);
}
