namespace Jamail.Queueing;

/// <summary>One key to the HTTP surface.</summary>
public sealed class JamailApiKey
{
    /// <summary>The key itself; at least 16 characters.</summary>
    /// <value>Default: empty, which is refused at start.</value>
    public string Key { get; set; } = "";

    /// <summary>The tenant its caller acts for.</summary>
    /// <value>Default: <c>default</c>.</value>
    public string Tenant { get; set; } = "default";

    /// <summary>What its caller may do that callers may not do as such: <c>emails:force</c> resends e-mails in spite of a suppression, <c>webhooks:secrets</c> reads signing secrets.</summary>
    /// <value>Names. Default: empty.</value>
    public IList<string> Scopes { get; } = [];
}
