namespace Jamail.Mail;

/// <summary>Where the way along a route ended: with a connection, with a failure, or with a wait.</summary>
internal sealed record RouteEnd
{
    /// <summary>A connection; null when there is none.</summary>
    public ProviderLease? Lease { get; private init; }

    /// <summary>How the last mail server failed that was tried; null when none was.</summary>
    public TransportResult? Failure { get; private init; }

    /// <summary>The mail server that failed.</summary>
    public string Provider { get; private init; } = "";

    /// <summary>When to come again, when nothing was tried.</summary>
    public TimeSpan Wait { get; private init; }

    /// <summary>Why, for people.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Whether the mail server does not serve until then, so that the next one may.</summary>
    public bool IsUsedUp { get; private init; }

    public static RouteEnd Connected(ProviderLease lease) => new() { Lease = lease };

    public static RouteEnd Failed(string provider, TransportResult failure) => new() { Provider = provider, Failure = failure };

    public static RouteEnd Later(TimeSpan wait, string reason) => new() { Wait = wait, Reason = reason };

    public static RouteEnd UsedUp(TimeSpan wait, string reason) => new() { Wait = wait, Reason = reason, IsUsedUp = true };
}
