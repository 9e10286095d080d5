namespace Jamail.Mail;

/// <summary>A file of a mail, as it is stored.</summary>
internal sealed class AttachmentRow
{
    public string FileName { get; set; } = "";

    public string ContentType { get; set; } = "";

    public string? ContentId { get; set; }

    public byte[] Sha256 { get; set; } = [];

    public long Bytes { get; set; }

    /// <summary>Empty where only the list was asked for.</summary>
    public byte[] Content { get; set; } = [];

    public StoredAttachment ToStored() => new(FileName, ContentType, Bytes, Convert.ToHexStringLower(Sha256), ContentId);
}
