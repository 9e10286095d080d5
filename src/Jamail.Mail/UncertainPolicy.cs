namespace Jamail.Mail;

/// <summary>
/// What becomes of an e-mail of which it cannot be known whether the mail server accepted it. It is sent again by itself at
/// most once; a second doubt waits for a person. The numbers are those stored.
/// </summary>
public enum UncertainPolicy
{
    /// <summary>It is sent again at once, with the same Message-ID: a second copy is harmless, a missing one is not.</summary>
    Resend = 1,

    /// <summary>It stays uncertain until a person decides: a second copy is worse than a missing one.</summary>
    Hold = 2,

    /// <summary>A report of what became of it is awaited for <see cref="EmailCategory.ReconcileWait"/>; without one it is sent again.</summary>
    Reconcile = 3,
}
