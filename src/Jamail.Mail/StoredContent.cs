namespace Jamail.Mail;

/// <summary>The content of an e-mail as it is stored.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Html">The HTML.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Headers">The sender's own headers.</param>
/// <param name="Attachments">Its files, without their bytes.</param>
public sealed record StoredContent(
    string Subject,
    string Html,
    string? Text,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyList<StoredAttachment> Attachments);
