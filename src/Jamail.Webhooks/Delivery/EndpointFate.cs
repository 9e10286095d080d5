namespace Jamail.Webhooks;

/// <summary>What an answer means for its endpoint.</summary>
internal enum EndpointFate
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It wants nothing more, ever.</summary>
    Gone,

    /// <summary>It wants nothing more until its owner enables it.</summary>
    Disabled,
}
