namespace Jamail.Mail;

/// <summary>A template with its placeholders filled in.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Html">The HTML content.</param>
/// <param name="Text">The plain text.</param>
public sealed record RenderedEmail(string Subject, string Html, string Text);
