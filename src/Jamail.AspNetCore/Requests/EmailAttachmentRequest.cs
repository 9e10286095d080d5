using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Jamail.Mail;

namespace Jamail.AspNetCore;

/// <summary>A file of an e-mail.</summary>
internal sealed record EmailAttachmentRequest
{
    [Required]
    [Description("The name recipients see.")]
    public string? FileName { get; init; }

    [Description("The media type. Default: 'application/octet-stream'.")]
    public string? ContentType { get; init; }

    [Required]
    [Description("The bytes in base64.")]
    public string? Content { get; init; }

    [Description("For an inline image: the name that src=\"cid:…\" gives.")]
    public string? ContentId { get; init; }

    public EmailAttachment ToAttachment(string field, RequiredFields problems)
    {
        var text = problems.Text($"{field}.content", Content);
        var content = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, content, out var length))
        {
            problems.Add($"{field}.content", "It is not base64.", "Encode the file's bytes in base64.");
        }

        return new EmailAttachment
        {
            FileName = problems.Text($"{field}.fileName", FileName),
            ContentType = ContentType ?? "application/octet-stream",
            Content = content.AsMemory(0, length),
            ContentId = ContentId,
        };
    }
}
