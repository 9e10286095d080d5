namespace Jamail.Mail;

/// <summary>What ended a dialogue, where no reply is the answer to it.</summary>
internal sealed class SmtpFault(TransportFault fault, string message, SmtpReply? reply = null, Exception? inner = null)
    : Exception(message, inner)
{
    public TransportFault Fault { get; } = fault;

    public SmtpReply? Reply { get; } = reply;
}
