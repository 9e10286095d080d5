using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Ids as rows hold them: UUIDs, lower case with hyphens.</summary>
internal static class RowId
{
    private static readonly Guid Space = new("902204dc-ab62-5f16-86a1-b4f6033ebb2d");
    private static readonly string[] Prefixes = ["whe_", "msg_", "whd_", "wha_"];

    /// <summary>The UUID that a text is, its prefix left out; null when it is none.</summary>
    public static string? TryParse(string? text)
    {
        var prefix = Array.Find(Prefixes, prefix => text?.StartsWith(prefix, StringComparison.Ordinal) == true) ?? "";
        return Guid.TryParse(text.AsSpan(prefix.Length), out var id) ? id.ToString("D") : null;
    }

    /// <summary>The id of a delivery's row: its own when it is a UUID, else one made of whatever the producer gave.</summary>
    public static string OfDelivery(string tenant, string deliveryId) =>
        TryParse(deliveryId) ?? UuidV5.Create(Space, $"{tenant}\n{deliveryId}").ToString("D");

    /// <summary>The id of the event of a delivery that another producer made.</summary>
    public static string OfForeignEvent(string deliveryId) => UuidV5.Create(Space, deliveryId).ToString("D");
}
