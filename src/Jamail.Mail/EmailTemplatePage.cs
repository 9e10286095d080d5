namespace Jamail.Mail;

/// <summary>One page of templates, newest first.</summary>
/// <param name="Items">The templates.</param>
/// <param name="Next">Give this to read the next page; <see langword="null"/> on the last one.</param>
public sealed record EmailTemplatePage(IReadOnlyList<EmailTemplate> Items, string? Next);
