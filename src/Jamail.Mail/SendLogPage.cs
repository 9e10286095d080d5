namespace Jamail.Mail;

/// <summary>One page of the send log, newest first.</summary>
/// <param name="Items">The e-mails.</param>
/// <param name="Next">Give this to read the next page; <see langword="null"/> on the last one.</param>
public sealed record SendLogPage(IReadOnlyList<SendLogEntry> Items, string? Next);
