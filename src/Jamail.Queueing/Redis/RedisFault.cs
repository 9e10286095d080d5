namespace Jamail.Queueing;

/// <summary>What an exception of a call to Redis says about the call.</summary>
internal enum RedisFault
{
    /// <summary>It never left this process, for want of a connection.</summary>
    NotSent,

    /// <summary>Redis did not run it and will later: loading, failing over, busy.</summary>
    NotRun,

    /// <summary>The answer did not come: it may have run, or may still run while the old connection lives.</summary>
    Lost,

    /// <summary>Redis ran it, or refused to, and says so.</summary>
    Refused,
}
