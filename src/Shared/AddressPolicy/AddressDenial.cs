namespace Jamail.Shared;

/// <summary>Why a host may not be called.</summary>
internal enum AddressDenial
{
    /// <summary>The name is one of those that never mean a public host.</summary>
    Name,

    /// <summary>An address is loopback, private, link-local or reserved.</summary>
    NotPublic,

    /// <summary>An address is one of this machine's own.</summary>
    Own,

    /// <summary>An address is a cloud's metadata service; nothing allows these.</summary>
    Metadata,
}
