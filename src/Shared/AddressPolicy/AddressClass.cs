namespace Jamail.Shared;

/// <summary>Whose an address is, as far as the address itself tells.</summary>
internal enum AddressClass
{
    /// <summary>Anybody's on the internet.</summary>
    Public,

    /// <summary>Loopback, private, link-local, reserved, multicast: reachable from here but not for strangers to name.</summary>
    NotPublic,

    /// <summary>A cloud's metadata or platform service, which gives credentials to whoever asks from this machine.</summary>
    Metadata,
}
