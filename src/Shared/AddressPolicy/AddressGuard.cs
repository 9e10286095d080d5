using System.Net;

namespace Jamail.Shared;

/// <summary>Decides which hosts may be called, and by which of their addresses.</summary>
internal sealed class AddressGuard(AllowedNetworks allowed, IHostResolver resolver, OwnAddresses own)
{
    /// <summary>
    /// Looks a host up and judges every address. One denied address denies the whole name: honest names do not mix them.
    /// </summary>
    /// <param name="host">A name in its ASCII form or an address, as in <see cref="Uri.IdnHost"/>.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <exception cref="AddressDeniedException">The host may not be called.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The name does not resolve.</exception>
    public async Task<GuardedHost> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var name = host.TrimEnd('.');
        var isListed = allowed.AllowsHost(name);
        var isLocalName = !isListed && LocalNames.Contains(name);
        if (LocalNames.IsMetadata(name))
        {
            throw new AddressDeniedException(host, AddressDenial.Metadata);
        }

        if (isLocalName && allowed.IsEmpty)
        {
            throw new AddressDeniedException(host, AddressDenial.Name);
        }

        var addresses = IPAddress.TryParse(name, out var literal)
            ? [literal]
            : await resolver.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            if (Judge(address, isListed) is { } denial)
            {
                throw new AddressDeniedException(host, denial);
            }
        }

        var isAllowed = isListed || addresses.All(allowed.Allows);
        return isLocalName && !isAllowed
            ? throw new AddressDeniedException(host, AddressDenial.Name)
            : new GuardedHost(addresses, isAllowed);
    }

    private AddressDenial? Judge(IPAddress address, bool isListed)
    {
        var kind = AddressClassifier.Classify(address);
        if (kind == AddressClass.Metadata)
        {
            return AddressDenial.Metadata;
        }

        if (isListed || allowed.Allows(address))
        {
            return null;
        }

        return kind == AddressClass.NotPublic ? AddressDenial.NotPublic
            : own.Contains(address) ? AddressDenial.Own
            : null;
    }
}
