namespace Jamail.Webhooks;

/// <summary>How attempts are written down.</summary>
internal static class AttemptText
{
    public static string? ErrorClass(DeliveryAnswer answer) => answer switch
    {
        { Fault: DeliveryFault.None, Error: null } => null,
        { Fault: DeliveryFault.None } => "http_status",
        _ => ErrorClass(answer.Fault),
    };

    public static string ErrorClass(DeliveryFault fault) => fault switch
    {
        DeliveryFault.DnsError => "dns_error",
        DeliveryFault.ConnectRefused => "connect_refused",
        DeliveryFault.ConnectTimeout => "connect_timeout",
        DeliveryFault.Reset => "reset",
        DeliveryFault.TlsError => "tls_error",
        DeliveryFault.TlsName => "tls_name_mismatch",
        DeliveryFault.Timeout => "timeout",
        DeliveryFault.BodyTimeout => "body_timeout",
        DeliveryFault.ProtocolError => "protocol_error",
        DeliveryFault.BlockedAddress => "blocked_address",
        DeliveryFault.BadUrl => "bad_url",
        _ => "stopped",
    };

    public static AttemptOutcome Outcome(DeliveryAnswer answer, AttemptEnd end) => (answer, end) switch
    {
        (_, { Status: DeliveryStatus.Succeeded }) => AttemptOutcome.Success,
        ({ Fault: DeliveryFault.BlockedAddress or DeliveryFault.BadUrl }, _) => AttemptOutcome.Blocked,
        (_, { Status: DeliveryStatus.Exhausted or DeliveryStatus.Cancelled }) => AttemptOutcome.GiveUp,
        _ => AttemptOutcome.Retry,
    };
}
