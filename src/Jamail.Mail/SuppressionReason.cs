namespace Jamail.Mail;

/// <summary>Why an address must not be written to.</summary>
public enum SuppressionReason
{
    /// <summary>There is no such mailbox. Shown as <c>hard_bounce</c>.</summary>
    HardBounce,

    /// <summary>Its mailbox was full for long. Shown as <c>soft_limit</c>.</summary>
    SoftLimit,

    /// <summary>Its owner called an e-mail spam. Shown as <c>complaint</c>.</summary>
    Complaint,

    /// <summary>Its owner unsubscribed. Essential categories go out all the same. Shown as <c>unsubscribe</c>.</summary>
    Unsubscribe,

    /// <summary>Somebody entered it. Shown as <c>manual</c>.</summary>
    Manual,

    /// <summary>It came with a list. Shown as <c>list_import</c>.</summary>
    ListImport,
}
