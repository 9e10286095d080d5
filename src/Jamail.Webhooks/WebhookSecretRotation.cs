namespace Jamail.Webhooks;

/// <summary>How to change the secret of an endpoint.</summary>
public sealed record WebhookSecretRotation
{
    /// <summary>How long the old secrets go on signing.</summary>
    /// <value>Zero to 7 days. Default: 24 hours.</value>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The new secret, by the rules of <see cref="NewWebhookEndpoint.Secret"/>.</summary>
    /// <value>Default: <see langword="null"/>, which makes a random one.</value>
    public string? Secret { get; init; }

    /// <summary>Does not print the secret.</summary>
    /// <returns>The grace.</returns>
    public override string ToString() => $"grace {Grace}";
}
