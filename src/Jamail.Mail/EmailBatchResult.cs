namespace Jamail.Mail;

/// <summary>What became of a batch.</summary>
/// <param name="Id">The batch's id, to list its e-mails by.</param>
/// <param name="Items">One for each e-mail, in the order given.</param>
/// <param name="IsReplay">Whether an earlier call with the same idempotency key handed it in.</param>
public sealed record EmailBatchResult(string Id, IReadOnlyList<EmailBatchItem> Items, bool IsReplay = false);
