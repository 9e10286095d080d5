namespace Jamail.Mail;

/// <summary>Fails a job so that its own rule decides about another attempt. The mail's row is stored already.</summary>
internal sealed class EmailAttemptException(string reason) : Exception(reason);
