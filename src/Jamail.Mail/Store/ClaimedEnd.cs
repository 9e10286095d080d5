using System.Diagnostics;

namespace Jamail.Mail;

/// <summary>The end of an attempt under a claim, to be stored.</summary>
internal sealed record ClaimedEnd(MailRow Row, string Token, AttemptEnd End, AttemptRow Attempt, NextJob Next)
{
    /// <summary>Where it belongs: results of several traces are stored together.</summary>
    public Activity? Span { get; } = Activity.Current;
}
