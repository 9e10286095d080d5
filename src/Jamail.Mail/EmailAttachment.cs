namespace Jamail.Mail;

/// <summary>A file that goes with an e-mail. Equal content is stored once, however many e-mails carry it.</summary>
public sealed record EmailAttachment
{
    /// <summary>The name recipients see: 1 to 200 characters, without slashes and control characters.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type, such as <c>application/pdf</c>.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>The bytes; at least one. All files of an e-mail together: <see cref="MailOptions.MaxAttachmentBytes"/>.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>
    /// For an image within the HTML: the name that <c>src="cid:…"</c> gives, 1 to 100 letters, digits, '.', '_', '@' or '-'.
    /// <see langword="null"/>: an ordinary attachment.
    /// </summary>
    public string? ContentId { get; init; }
}
