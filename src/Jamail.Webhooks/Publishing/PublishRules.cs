using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Judges what a caller says about an event.</summary>
internal static class PublishRules
{
    private static readonly TimeSpan LeastKept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostKept = TimeSpan.FromDays(3650);

    public static void Check(string type, PublishOptions about, ICollection<InputProblem> problems)
    {
        if (EventType.Problem(type, "type") is { } problem)
        {
            problems.Add(problem);
        }

        CheckLabel("eventId", about.EventId, problems);
        CheckLabel("orderingKey", about.OrderingKey, problems);
        EventLabels.Check("channels", about.Channels, problems);
        EventLabels.Check("tags", about.Tags, problems);
        if (about.IdempotencyKey is { } key && !IdempotencyScope.IsKey(key))
        {
            problems.Add(new InputProblem(
                "Idempotency-Key",
                "It is empty, too long or holds other characters.",
                $"Give 1 to {IdempotencyScope.MaxKeyLength} visible ASCII characters."));
        }

        if (about.KeepPayload is { } kept && (kept < LeastKept || kept > MostKept))
        {
            problems.Add(new InputProblem("retentionDays", $"The payload is to be kept for {kept}.", "Give a time from 1 minute to 10 years."));
        }
    }

    private static void CheckLabel(string field, string? text, ICollection<InputProblem> problems)
    {
        if (text is not null && !EventLabels.IsLabel(text))
        {
            problems.Add(new InputProblem(field, "It is empty, too long or holds other characters.", "Give 1 to 128 visible ASCII characters."));
        }
    }
}
