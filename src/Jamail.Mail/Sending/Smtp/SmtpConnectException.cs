namespace Jamail.Mail;

/// <summary>No conversation came about.</summary>
internal sealed class SmtpConnectException(SendPhase phase, string? tls, SmtpFault fault) : Exception(fault.Message, fault)
{
    public TransportResult Result { get; } = new()
    {
        Phase = phase,
        Fault = fault.Fault,
        ReplyCode = fault.Reply?.Code,
        EnhancedCode = fault.Reply?.EnhancedCode,
        Text = fault.Message.Length > 1000 ? fault.Message[..1000] : fault.Message,
        Tls = tls,
    };
}
