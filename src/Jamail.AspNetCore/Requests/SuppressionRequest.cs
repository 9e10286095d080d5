using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Jamail.Mail;

namespace Jamail.AspNetCore;

/// <summary>An address that must not be written to.</summary>
internal sealed record SuppressionRequest
{
    [Required]
    [Description("The address.")]
    public string? Address { get; init; }

    [Description("A category, or '*' for all. Default: '*'.")]
    public string? Scope { get; init; }

    [Description("hard_bounce, soft_limit, complaint, unsubscribe, manual or list_import. Default: manual.")]
    public string? Reason { get; init; }

    [Description("For people.")]
    public string? Note { get; init; }

    [Description("Until when. Default: until somebody removes it.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    public Suppression ToSuppression(string tenant, string prefix, string standard, RequiredFields fields)
    {
        var reason = Reason ?? standard;
        var known = SuppressionView.TryRead(reason, out var read);
        if (!known)
        {
            fields.Add($"{prefix}reason", $"'{reason}' is no reason.", $"Give one of {SuppressionView.Reasons}.");
        }

        return new Suppression
        {
            Address = fields.Text($"{prefix}address", Address),
            Scope = Scope ?? Suppression.Everything,
            Reason = read,
            Source = "hand",
            Note = Note,
            ExpiresAt = ExpiresAt,
            Tenant = tenant,
        };
    }
}
