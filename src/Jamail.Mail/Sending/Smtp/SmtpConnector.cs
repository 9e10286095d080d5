using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Opens conversations: finds the server, passes its addresses by the guard, connects, encrypts, signs in.</summary>
internal sealed class SmtpConnector(SmtpOptions options, AddressGuard guard, TimeProvider clock)
{
    /// <exception cref="SmtpConnectException">There is no conversation; says how far it got.</exception>
    public async Task<SmtpConversation> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limits = new SmtpLimits(clock, cancellationToken);
        limits.Allow(options.ConnectTimeout);
        SmtpConversation? conversation = null;
        try
        {
            var socket = await DialAsync(limits.Token).ConfigureAwait(false);
            var local = ((IPEndPoint)socket.LocalEndPoint!).Address;
            var remote = ((IPEndPoint)socket.RemoteEndPoint!).Address;
            conversation = new SmtpConversation(new SmtpWire(socket), options, IPAddress.IsLoopback(remote), EhloName(local));
            await conversation.BeginAsync(limits).ConfigureAwait(false);
            return conversation;
        }
        catch (Exception exception) when (exception is SmtpFault or OperationCanceledException or IOException or SocketException
            or ObjectDisposedException or AddressDeniedException)
        {
            var fault = exception is AddressDeniedException denied ? Denied(denied) : limits.Explain(exception);
            var failure = new SmtpConnectException(conversation?.Phase ?? SendPhase.Connect, conversation?.Wire.Tls, fault);
            if (conversation is not null)
            {
                await conversation.DisposeAsync().ConfigureAwait(false);
            }

            throw failure;
        }
    }

    /// <summary>What an address that may not be dialled means for a mail.</summary>
    public SmtpFault Denied(AddressDeniedException denied) => new(TransportFault.AddressDenied,
        $"Jamail:Mail:Smtp:Host '{options.Host}' leads to an address that mail servers may not have ({Describe(denied.Reason)}). " +
        "Add its network to Jamail:Mail:AllowedNetworks, as in 127.0.0.0/8, if it is the server you mean.");

    /// <summary>A socket to the server, its address passed by the guard.</summary>
    public async Task<Socket> DialAsync(CancellationToken cancellationToken)
    {
        GuardedHost host;
        try
        {
            // The system's resolver does not always listen to the token.
            host = await guard.ResolveAsync(options.Host!, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw new SmtpFault(TransportFault.Unreachable,
                $"Jamail:Mail:Smtp:Host '{options.Host}' has no address: {exception.Message}", null, exception);
        }

        SocketException? last = null;
        foreach (var address in host.Addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, options.Port), cancellationToken).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new SmtpFault(TransportFault.Unreachable,
            $"Nobody answers at {options.Host}:{options.Port}: {last?.Message ?? "the name has no address"}", null, last);
    }

    /// <summary>A name without a domain is refused by many servers; an address literal is always right.</summary>
    public string EhloName(IPAddress local)
    {
        if (options.EhloName is { Length: > 0 } configured)
        {
            return configured;
        }

        var properties = IPGlobalProperties.GetIPGlobalProperties();
        var name = properties.DomainName.Length > 0 && !properties.HostName.Contains('.', StringComparison.Ordinal)
            ? $"{properties.HostName}.{properties.DomainName}"
            : properties.HostName;
        if (name.Contains('.', StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
        {
            return name;
        }

        local = local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
        return local.AddressFamily == AddressFamily.InterNetwork ? $"[{local}]" : $"[IPv6:{local}]";
    }

    private static string Describe(AddressDenial reason) => reason switch
    {
        AddressDenial.Name => "a local name",
        AddressDenial.Own => "one of this machine's own",
        AddressDenial.Metadata => "a cloud's metadata service; nothing allows these",
        _ => "not a public one",
    };
}
