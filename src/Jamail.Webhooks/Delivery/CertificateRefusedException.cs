using System.Net.Security;
using System.Security.Authentication;

namespace Jamail.Webhooks;

internal sealed class CertificateRefusedException(SslPolicyErrors errors) : AuthenticationException($"The certificate is refused: {errors}.")
{
    public SslPolicyErrors Errors => errors;
}
