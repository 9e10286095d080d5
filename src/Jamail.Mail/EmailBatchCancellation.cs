namespace Jamail.Mail;

/// <summary>What became of a batch that was taken back.</summary>
/// <param name="Id">The batch's id.</param>
/// <param name="Cancelled">How many of its e-mails were cancelled by this call.</param>
/// <param name="Left">How many were not: they are being sent, or had come to their end.</param>
public sealed record EmailBatchCancellation(string Id, int Cancelled, int Left);
