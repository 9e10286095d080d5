using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>E-mails to be sent together.</summary>
[BodyRule(Limit = 20 * 1024 * 1024, UsesPointers = true)]
internal sealed record EmailBatchRequest
{
    [Required]
    [Description("1 to 500 e-mails, each as POST /emails takes it.")]
    public IReadOnlyList<EmailRequest>? Emails { get; init; }

    [Description("'strict': one bad e-mail refuses all. 'partial': the good ones are accepted. Default: 'strict'.")]
    public string? Mode { get; init; }
}
