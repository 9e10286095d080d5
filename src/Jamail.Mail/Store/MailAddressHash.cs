using System.Security.Cryptography;
using System.Text;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Finds mails by address without comparing addresses: survives the removal of the address itself.</summary>
internal sealed class MailAddressHash(ISecretProtector protector)
{
    private readonly byte[] _pepper = protector.DeriveKey("mail-address");

    /// <summary>HMAC-SHA256 over the tenant and the address with its local part in lower case and its domain as an A-label.</summary>
    public byte[] Of(string tenant, string address) => Compute(_pepper, tenant, address);

    public static byte[] Compute(byte[] pepper, string tenant, string address) =>
        HMACSHA256.HashData(pepper, Encoding.UTF8.GetBytes($"{tenant}\n{Normalise(address)}"));

    public static string DomainOf(string address) =>
        EmailAddressParser.ToAsciiDomain(address[(address.LastIndexOf('@') + 1)..]);

    private static string Normalise(string address) =>
        $"{address[..address.LastIndexOf('@')].ToLowerInvariant()}@{DomainOf(address)}";
}
