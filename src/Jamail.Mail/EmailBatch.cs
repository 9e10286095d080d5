using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>E-mails handed in together.</summary>
public sealed record EmailBatch
{
    /// <summary>1 to 500 e-mails. Their own tenants and idempotency keys are not used: those of the batch are.</summary>
    public required IReadOnlyList<EmailMessage> Emails { get; init; }

    /// <summary>
    /// <see langword="false"/>: one bad e-mail refuses them all. <see langword="true"/>: the good ones are accepted, and
    /// each bad one says what is wrong with it.
    /// </summary>
    public bool AllowPartial { get; init; }

    /// <summary>As <see cref="EmailMessage.IdempotencyKey"/>, for the batch as a whole.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>On whose behalf they are sent.</summary>
    public string Tenant { get; init; } = JamailHostOptions.DefaultTenant;
}
