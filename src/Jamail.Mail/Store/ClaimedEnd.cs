namespace Jamail.Mail;

/// <summary>The end of an attempt under a claim, to be stored.</summary>
internal sealed record ClaimedEnd(MailRow Row, string Token, AttemptEnd End, AttemptRow Attempt, NextJob Next);
