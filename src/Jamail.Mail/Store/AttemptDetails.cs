namespace Jamail.Mail;

/// <summary>A row of mail_send_attempt as it is read.</summary>
internal sealed class AttemptDetails
{
    private static readonly string[] Outcomes = ["sent", "deferred", "retry", "bounced", "failed", "uncertain"];

    public int Number { get; set; }

    public long StartedAt { get; set; }

    public int DurationMs { get; set; }

    public int Phase { get; set; }

    public int Outcome { get; set; }

    public int? SmtpCode { get; set; }

    public string? EnhancedCode { get; set; }

    public string? Reply { get; set; }

    public string? Class { get; set; }

    public string Worker { get; set; } = "";

    public SendAttempt ToAttempt() => new(
        Number, DateTimeOffset.FromUnixTimeMilliseconds(StartedAt), TimeSpan.FromMilliseconds(DurationMs), (SendPhase)Phase,
        Outcomes[Outcome], SmtpCode, EnhancedCode, Reply, Class, Worker);
}
