using System.Text;

namespace Jamail.TestSupport;

/// <summary>One request as a <see cref="WebhookSink"/> read it.</summary>
public sealed record ReceivedWebhook(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At, int Connection)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
