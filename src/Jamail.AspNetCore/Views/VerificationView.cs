using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record VerificationView(bool Succeeded, string Phase, string Fault, string Message, int DurationMs, IReadOnlyList<string> Capabilities)
{
    public static VerificationView Of(ProviderVerification verification) => new(
        verification.Succeeded,
        WireNames.Of(verification.Phase),
        WireNames.Of(verification.Fault),
        verification.Message,
        verification.DurationMs,
        verification.Capabilities);
}
