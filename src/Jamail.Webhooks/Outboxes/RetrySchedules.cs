using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Finds the schedule of an endpoint.</summary>
internal sealed class RetrySchedules(IOptions<WebhooksOptions> options)
{
    private const int MaxWaits = 30;
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, RetrySchedule> _known = new(StringComparer.Ordinal);

    private readonly RetrySchedule _host = options.Value switch
    {
        { RetrySchedule: { Count: > 0 } waits } => new RetrySchedule([.. waits]),
        { Schedule: WebhookSchedule.Standard } => RetrySchedule.Standard,
        { Schedule: WebhookSchedule.SvixLike } => RetrySchedule.SvixLike,
        _ => RetrySchedule.Compat,
    };

    /// <param name="column">As the endpoint has it; null: the host's.</param>
    public RetrySchedule Of(string? column) => column is null
        ? _host
        : _known.GetOrAdd(column, static text => TryParse(text, out var schedule) ? schedule : RetrySchedule.Compat);

    public static bool TryParse(string text, [NotNullWhen(true)] out RetrySchedule? schedule)
    {
        schedule = text.Trim().ToUpperInvariant() switch
        {
            "COMPAT" => RetrySchedule.Compat,
            "STANDARD" => RetrySchedule.Standard,
            "SVIX-LIKE" or "SVIXLIKE" => RetrySchedule.SvixLike,
            _ => null,
        };
        if (schedule is null)
        {
            var waits = new List<TimeSpan>();
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!TimeSpan.TryParseExact(part, "c", CultureInfo.InvariantCulture, out var wait) || wait < TimeSpan.Zero || wait > MaxWait)
                {
                    return false;
                }

                waits.Add(wait);
            }

            schedule = waits.Count <= MaxWaits ? new RetrySchedule(waits) : null;
        }

        return schedule is not null;
    }
}
