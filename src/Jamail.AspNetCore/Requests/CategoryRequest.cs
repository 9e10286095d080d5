using System.ComponentModel;
using Jamail.Mail;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>How e-mails of a category are treated. What is left out has its default.</summary>
internal sealed record CategoryRequest
{
    [Description("Of its jobs: 0 goes first; above 0 is bulk. Default: 0.")]
    public int? Priority { get; init; }

    [Description("How long an e-mail may wait, in seconds, before it expires. Default: 259200 (72 h).")]
    public double? MaxAgeSeconds { get; init; }

    [Description("The waits after temporary refusals, in seconds; the last one repeats.")]
    public IReadOnlyList<double>? DeferScheduleSeconds { get; init; }

    [Description("What becomes of an e-mail in doubt: 'resend', 'hold' or 'reconcile'. Default: 'hold'.")]
    public string? Uncertain { get; init; }

    [Description("How long 'reconcile' waits for a report, in seconds. Default: 600.")]
    public double? ReconcileSeconds { get; init; }

    [Description("The mail servers to use, by name and in order. Default: the configured one.")]
    public IReadOnlyList<string>? Route { get; init; }

    [Description("Whether e-mails offer to unsubscribe with one click. Default: false.")]
    public bool? OneClickUnsubscribe { get; init; }

    [Description("Whether e-mails go out in spite of an unsubscription. Default: false.")]
    public bool? Essential { get; init; }

    [Description("How many days the log keeps e-mails. Default: 90.")]
    public int? LogDays { get; init; }

    [Description("How many days their content is kept. Default: 7.")]
    public int? BodyDays { get; init; }

    public EmailCategory ToCategory(string key)
    {
        var category = new EmailCategory { Key = key };
        return category with
        {
            Priority = Priority ?? category.Priority,
            MaxAge = Seconds(MaxAgeSeconds) ?? category.MaxAge,
            DeferSchedule = DeferScheduleSeconds?.Select(wait => Seconds(wait)!.Value).ToArray() ?? category.DeferSchedule, // Each is given.
            Uncertain = WireNames.Parse("uncertain", Uncertain, Enum.GetValues<UncertainPolicy>(), WireNames.Of) ?? category.Uncertain,
            ReconcileWait = Seconds(ReconcileSeconds) ?? category.ReconcileWait,
            Route = Route ?? category.Route,
            OneClickUnsubscribe = OneClickUnsubscribe ?? category.OneClickUnsubscribe,
            IsEssential = Essential ?? category.IsEssential,
            KeepLog = LogDays is { } log ? Days("logDays", log) : category.KeepLog,
            KeepBody = BodyDays is { } body ? Days("bodyDays", body) : category.KeepBody,
        };
    }

    // What is far out of any range is refused with the range; here it must only not overflow.
    private static TimeSpan? Seconds(double? seconds) => seconds is { } given ? TimeSpan.FromSeconds(Math.Clamp(given, -1e9, 1e9)) : null;

    private static TimeSpan Days(string field, int days) =>
        days is >= 1 and <= 3650
            ? TimeSpan.FromDays(days)
            : throw new InvalidInputException(field, $"It is {days} but must be 1 to 3650.", "Give a number of days in that range.");
}
