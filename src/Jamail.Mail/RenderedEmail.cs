namespace Jamail.Mail;

/// <summary>A template with its placeholders filled in.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Html">The HTML content.</param>
/// <param name="Text">The plain text.</param>
public sealed record RenderedEmail(string Subject, string Html, string Text)
{
    /// <summary>How large subject, HTML and text are together, in bytes of UTF-8. Of a preview only; else 0.</summary>
    public int Size { get; init; }

    /// <summary>What readers may not see as it is meant, such as HTML that Gmail cuts. Of a preview only; else empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
