namespace Jamail.Mail.MailKit;

/// <param name="Client">Connected and signed in.</param>
/// <param name="OpenedAt">A timestamp of the clock.</param>
/// <param name="IdleSince">A timestamp of the clock.</param>
internal sealed record PooledClient(MailKitClient Client, long OpenedAt, long IdleSince);
