namespace Jamail.Mail;

/// <summary>Names to listen to.</summary>
public static class MailTelemetry
{
    /// <summary>
    /// The meter. <c>jamail.mail.sends</c> counts attempts by provider, category, outcome and class; others time the steps of
    /// an attempt and the way from acceptance to the mail server, and show connections, circuits and learnt rates.
    /// </summary>
    public const string MeterName = "Jamail.Mail";

    /// <summary>The activity source: a span for each job, with one for each step of the attempt below it.</summary>
    public const string ActivitySourceName = "Jamail.Mail";
}
