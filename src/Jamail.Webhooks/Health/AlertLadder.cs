namespace Jamail.Webhooks;

/// <summary>When an endpoint that fails is spoken about, and when it is disabled.</summary>
/// <param name="disableAfter">Without a success; zero never.</param>
internal sealed class AlertLadder(TimeSpan disableAfter)
{
    public const int Last = 4;

    private static readonly TimeSpan FirstAtMost = TimeSpan.FromHours(24);

    /// <returns>0 for nothing yet, 1 to 3 for a notice, <see cref="Last"/> for the end.</returns>
    public int StepAt(TimeSpan failingFor) =>
        disableAfter == TimeSpan.Zero ? 0
        : failingFor >= disableAfter ? Last
        : failingFor >= disableAfter * 0.9 ? 3
        : failingFor >= disableAfter * 0.5 ? 2
        : failingFor >= First ? 1
        : 0;

    private TimeSpan First => disableAfter * 0.2 < FirstAtMost ? disableAfter * 0.2 : FirstAtMost;
}
