using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>What became of one e-mail of a batch.</summary>
/// <param name="Email">The e-mail; <see langword="null"/> when it was refused.</param>
/// <param name="Problems">All that is wrong with it; empty when it was accepted.</param>
public sealed record EmailBatchItem(AcceptedEmail? Email, IReadOnlyList<InputProblem> Problems);
