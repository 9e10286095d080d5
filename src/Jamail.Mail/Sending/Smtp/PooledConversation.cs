namespace Jamail.Mail;

/// <summary>A conversation that waits in the pool for its next message.</summary>
/// <param name="Conversation">Idle, or with its sender.</param>
/// <param name="OpenedAt">A timestamp of the clock.</param>
/// <param name="IdleSince">A timestamp of the clock.</param>
internal readonly record struct PooledConversation(SmtpConversation Conversation, long OpenedAt, long IdleSince);
