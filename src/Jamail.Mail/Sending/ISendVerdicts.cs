namespace Jamail.Mail;

/// <summary>The rule table: reply and phase decide what becomes of a mail.</summary>
internal interface ISendVerdicts
{
    SendVerdict Judge(TransportResult result, string? provider = null);
}
