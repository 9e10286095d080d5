using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.AspNetCore;

internal sealed record HealthView(string Status, IReadOnlyDictionary<string, HealthCheckView> Checks)
{
    public static HealthView Of(HealthReport report) => new(
        WireNames.Of(report.Status),
        report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new HealthCheckView(WireNames.Of(entry.Value.Status), entry.Value.Description)));
}
