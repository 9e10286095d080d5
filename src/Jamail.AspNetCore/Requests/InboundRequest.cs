using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Jamail.AspNetCore;

/// <summary>What a provider reports about an e-mail.</summary>
internal sealed record InboundRequest
{
    [Required]
    [Description("delivered, delayed, bounced or complained.")]
    public string? Type { get; init; }

    [Description("The e-mail's id.")]
    public string? EmailId { get; init; }

    [Description("The Message-ID, where the id is not known.")]
    public string? MessageId { get; init; }

    [Description("The address it is about, of an e-mail that went to several.")]
    public string? Recipient { get; init; }

    [Description("The enhanced code, as in '5.1.1'.")]
    public string? Code { get; init; }

    [Description("What the server said.")]
    public string? Detail { get; init; }
}
