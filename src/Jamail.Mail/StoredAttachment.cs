namespace Jamail.Mail;

/// <summary>A file of a stored e-mail.</summary>
/// <param name="FileName">The name recipients see.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its content in lower-case hexadecimal.</param>
/// <param name="ContentId">The name by which the HTML shows it; <see langword="null"/> for an ordinary attachment.</param>
public sealed record StoredAttachment(string FileName, string ContentType, long Bytes, string Sha256, string? ContentId);
