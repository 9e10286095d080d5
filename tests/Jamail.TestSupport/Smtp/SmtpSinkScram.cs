using System.Security.Cryptography;
using System.Text;

namespace Jamail.TestSupport;

/// <summary>The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding.</summary>
internal sealed class SmtpSinkScram(IDictionary<string, string> users)
{
    private const int Rounds = 4096;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private string _clientFirst = "";
    private string _serverFirst = "";

    public string User { get; private set; } = "";

    /// <summary>Answers the client's first message.</summary>
    public string Challenge(string clientFirst)
    {
        _clientFirst = clientFirst[(clientFirst.IndexOf(",,", StringComparison.Ordinal) + 2)..];
        User = Field(_clientFirst, 'n');
        _serverFirst = $"r={Field(_clientFirst, 'r')}{Convert.ToHexString(RandomNumberGenerator.GetBytes(9))},s={Convert.ToBase64String(_salt)},i={Rounds}";
        return _serverFirst;
    }

    /// <summary>The server's own proof; null when the client's is wrong.</summary>
    public string? Verify(string clientFinal)
    {
        if (!users.TryGetValue(User, out var password))
        {
            return null;
        }

        var unproved = clientFinal[..clientFinal.LastIndexOf(",p=", StringComparison.Ordinal)];
        var message = Encoding.UTF8.GetBytes($"{_clientFirst},{_serverFirst},{unproved}");
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), _salt, Rounds, HashAlgorithmName.SHA256, 32);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), message);
        var expected = clientKey.Select((value, i) => (byte)(value ^ signature[i])).ToArray();
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromBase64String(Field(clientFinal, 'p')))
            ? "v=" + Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), message))
            : null;
    }

    private static string Field(string message, char name) =>
        message.Split(',').FirstOrDefault(part => part.StartsWith($"{name}=", StringComparison.Ordinal))?[2..] ?? "";
}
