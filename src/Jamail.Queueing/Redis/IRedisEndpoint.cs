namespace Jamail.Queueing;

/// <summary>Says which Redis the host works with.</summary>
internal interface IRedisEndpoint
{
    /// <summary>
    /// A connection string as <see cref="JamailHostOptions.Redis"/> takes it; may wait for a server to come up. Asked
    /// before each first connection, so a server that moved is found again.
    /// </summary>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);
}
