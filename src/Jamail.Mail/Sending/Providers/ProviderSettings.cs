using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jamail.Mail;

/// <summary>The column settings of mail_provider.</summary>
internal sealed record ProviderSettings(
    string Host,
    int Port,
    SmtpSecurity Security,
    SmtpMechanism Mechanism,
    string? User,
    string? EhloName,
    int MaxConnections,
    int MaxMessagesPerConnection,
    double? RatePerDomain = null,
    int? DailyQuota = null)
{
    public static ProviderSettings Of(EmailProviderDraft draft) => new(
        draft.Host, draft.Port, draft.Security, draft.Mechanism, draft.User, draft.EhloName, draft.MaxConnections, draft.MaxMessagesPerConnection,
        draft.RatePerDomain, draft.DailyQuota);

    public static ProviderSettings Read(string json) =>
        JsonSerializer.Deserialize(json, ProviderSettingsJson.Default.ProviderSettings)
        ?? throw new JsonException("The settings of a mail server are null.");

    public string Write() => JsonSerializer.Serialize(this, ProviderSettingsJson.Default.ProviderSettings);

    /// <summary>These, with the time-outs of the configured server.</summary>
    public SmtpOptions Over(SmtpOptions configured, string? password)
    {
        var options = configured.Copy();
        (options.Host, options.Port, options.Security, options.Mechanism) = (Host, Port, Security, Mechanism);
        (options.User, options.Password, options.AllowPlainTextSignIn) = (User, password, false);
        options.EhloName = EhloName ?? configured.EhloName;
        (options.MaxConnections, options.MaxMessagesPerConnection) = (MaxConnections, MaxMessagesPerConnection);
        (options.RatePerDomain, options.DailyQuota) = (RatePerDomain, DailyQuota);
        return options;
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProviderSettings))]
internal sealed partial class ProviderSettingsJson : JsonSerializerContext;
