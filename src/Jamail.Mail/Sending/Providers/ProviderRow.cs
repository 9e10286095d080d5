namespace Jamail.Mail;

/// <summary>A row of mail_provider.</summary>
internal sealed class ProviderRow
{
    public const int Active = 1;

    public const int Paused = 2;

    public string Id { get; set; } = "";

    public string TenantId { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>A JSON object.</summary>
    public string Settings { get; set; } = "{}";

    public byte[]? SecretEnc { get; set; }

    public int? MaxConcurrent { get; set; }

    public double? RatePerSecond { get; set; }

    public int Idempotent { get; set; }

    public int Status { get; set; } = Active;

    public string? StatusReason { get; set; }

    public int RowVersion { get; set; } = 1;

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    /// <summary>Binds the secret to its place.</summary>
    public static string SecretPurpose(string id) => $"mail_provider.secret:{id}";
}
