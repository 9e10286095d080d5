namespace Jamail.Mail;

/// <summary>A row of <c>count_mails</c>.</summary>
internal sealed class MailCountRow
{
    public long Hour { get; set; }

    public string Category { get; set; } = "";

    public string? Provider { get; set; }

    public int Status { get; set; }

    public long Count { get; set; }

    public MailCount ToCount() => new(DateTimeOffset.FromUnixTimeMilliseconds(Hour), Category, Provider, (EmailStatus)Status, Count);
}
