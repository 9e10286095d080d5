namespace Jamail.Mail;

/// <summary>A template in one language.</summary>
/// <param name="Subject">The subject's source.</param>
/// <param name="Html">The HTML's source.</param>
/// <param name="Text">The plain text's source; <see langword="null"/>: the text is made from the HTML.</param>
public sealed record EmailTemplateContent(string Subject, string Html, string? Text = null)
{
    /// <summary>
    /// The source of the line that inboxes show beside the subject, text of at most 250 characters, hidden at the beginning of the HTML;
    /// <see langword="null"/>: they show how the HTML begins.
    /// </summary>
    public string? Preheader { get; init; }
}
