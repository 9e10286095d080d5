using System.Net;

namespace Jamail.Webhooks;

/// <summary>Which address a request went to. A connection is used by many requests, so each tells the one that writes to it.</summary>
internal sealed class RemoteAddress
{
    public static readonly HttpRequestOptionsKey<RemoteAddress> Key = new("jamail.remote");

    private volatile IPAddress? _value;

    /// <summary>Null when none was tried.</summary>
    public IPAddress? Value
    {
        get => _value;
        set => _value = value;
    }
}
