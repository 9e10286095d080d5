using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>Tells what a failed request failed of.</summary>
internal static class FaultText
{
    /// <param name="exception">What the request ended in.</param>
    /// <param name="status">The status, when the answer had begun.</param>
    /// <param name="timeout">The deadline it had.</param>
    public static DeliveryAnswer Answer(Exception exception, int? status, TimeSpan timeout)
    {
        var fault = Fault(exception, status);
        return new DeliveryAnswer { Fault = fault, Error = Text(fault, exception, timeout) };
    }

    private static DeliveryFault Fault(Exception exception, int? status)
    {
        // A connection that took too long is cancelled as well, and says so by its cause.
        if (exception is OperationCanceledException { InnerException: not TimeoutException })
        {
            return status is null ? DeliveryFault.Timeout : DeliveryFault.BodyTimeout;
        }

        if (Innermost(exception) is CertificateRefusedException { Errors: SslPolicyErrors.RemoteCertificateNameMismatch })
        {
            return DeliveryFault.TlsName;
        }

        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressDeniedException:
                    return DeliveryFault.BlockedAddress;
                case TargetRefusedException or UriFormatException or NotSupportedException:
                    return DeliveryFault.BadUrl;
                case AuthenticationException:
                    return DeliveryFault.TlsError;
                case TimeoutException:
                    return DeliveryFault.ConnectTimeout;
                case SocketException socket:
                    return Fault(socket.SocketErrorCode);
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return DeliveryFault.TlsError;
                case HttpRequestException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse
                        or HttpRequestError.HttpProtocolError
                        or HttpRequestError.ConfigurationLimitExceeded,
                }:
                    return DeliveryFault.ProtocolError;
            }
        }

        return DeliveryFault.Reset;
    }

    private static DeliveryFault Fault(SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery =>
            DeliveryFault.DnsError,
        SocketError.ConnectionRefused => DeliveryFault.ConnectRefused,
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
            DeliveryFault.ConnectTimeout,
        _ => DeliveryFault.Reset,
    };

    private static string Text(DeliveryFault fault, Exception exception, TimeSpan timeout) => fault switch
    {
        DeliveryFault.DnsError => "The name of the host cannot be looked up.",
        DeliveryFault.ConnectRefused => "The host refused the connection.",
        DeliveryFault.ConnectTimeout => "No connection to the host in time.",
        DeliveryFault.TlsError => "No trusted encrypted connection: the certificate is not valid for the host, or TLS failed.",
        DeliveryFault.TlsName => "The host's certificate is trusted, but for another name: nothing was sent.",
        DeliveryFault.Timeout => $"No answer within {Seconds(timeout)} s.",
        DeliveryFault.BodyTimeout => $"The answer did not end within {Seconds(timeout)} s.",
        DeliveryFault.ProtocolError => "What the host sent is not an HTTP answer, or its headers are too long.",
        DeliveryFault.BlockedAddress or DeliveryFault.BadUrl => Innermost(exception).Message,
        _ => "The connection was closed before the answer was complete.",
    };

    private static string Seconds(TimeSpan timeout) => timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
