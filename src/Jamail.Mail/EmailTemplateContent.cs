namespace Jamail.Mail;

/// <summary>A template in one language.</summary>
/// <param name="Subject">The subject's source.</param>
/// <param name="Html">The HTML's source.</param>
/// <param name="Text">The plain text's source; <see langword="null"/>: the text is made from the HTML.</param>
public sealed record EmailTemplateContent(string Subject, string Html, string? Text = null);
