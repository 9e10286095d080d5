namespace Jamail.Mail;

/// <summary>A row of mail_event as it is read.</summary>
internal sealed class EventRow
{
    private const string Prefix = "email.";

    public string Type { get; set; } = "";

    public long OccurredAt { get; set; }

    public string Source { get; set; } = "";

    public string? Detail { get; set; }

    public SendEvent ToEvent() => new(
        Type.StartsWith(Prefix, StringComparison.Ordinal) ? Type[Prefix.Length..] : Type,
        DateTimeOffset.FromUnixTimeMilliseconds(OccurredAt), Source, Detail);
}
