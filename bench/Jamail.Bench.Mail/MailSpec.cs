using System.Text.Json;

namespace Jamail.Bench.Mail;

/// <summary>What one child process is to do; the same text for both sides.</summary>
internal sealed record MailSpec
{
    public required string Redis { get; init; }

    public required string RedisUrl { get; init; }

    public required string Postgres { get; init; }

    public required string PostgresUrl { get; init; }

    public required int SmtpPort { get; init; }

    /// <summary>Whether it accepts mails; each of several hosts sends.</summary>
    public bool Accepts { get; init; } = true;

    /// <summary>How many callers hand mails in at the same time.</summary>
    public int Callers { get; init; } = 50;

    /// <summary>How many mails are sent at the same time, over as many connections.</summary>
    public int Concurrency { get; init; } = 20;

    /// <summary>Whether somebody listens to its spans.</summary>
    public bool Spans { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static MailSpec FromJson(string json) => JsonSerializer.Deserialize<MailSpec>(json, JsonSerializerOptions.Web)!;
}
