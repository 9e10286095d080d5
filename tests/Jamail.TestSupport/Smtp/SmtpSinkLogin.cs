using System.Text;

namespace Jamail.TestSupport;

/// <summary>PLAIN, LOGIN, XOAUTH2 and SCRAM-SHA-256 of a <see cref="SmtpSink"/>.</summary>
internal static class SmtpSinkLogin
{
    /// <summary>Answers AUTH; the user, or null when refused.</summary>
    public static async ValueTask<string?> RunAsync(
        SmtpSinkWire wire, SmtpSinkOptions options, string line, CancellationToken stop)
    {
        var parts = line.Split(' ');
        var initial = parts.Length > 2 ? parts[2] : null;
        string? user = null;
        string? password = null;
        switch (parts.ElementAtOrDefault(1)?.ToUpperInvariant())
        {
            case "PLAIN":
                var plain = Decode(initial ?? await ChallengeAsync(wire, "", stop)).Split('\0');
                (user, password) = plain.Length == 3 ? (plain[1], plain[2]) : (null, null);
                break;
            case "LOGIN":
                user = Decode(initial ?? await ChallengeAsync(wire, "VXNlcm5hbWU6", stop));
                password = Decode(await ChallengeAsync(wire, "UGFzc3dvcmQ6", stop));
                break;
            case "XOAUTH2":
                var fields = Decode(initial ?? await ChallengeAsync(wire, "", stop)).Split('\u0001');
                user = fields[0].Replace("user=", "", StringComparison.Ordinal);
                password = fields.ElementAtOrDefault(1)?.Replace("auth=Bearer ", "", StringComparison.Ordinal);
                if (user is null || !options.Users.TryGetValue(user, out var token) || token != password)
                {
                    await ChallengeAsync(wire, Convert.ToBase64String("{\"status\":\"401\"}"u8), stop);
                }

                break;
            case "SCRAM-SHA-256":
                var scram = new SmtpSinkScram(options.Users);
                var final = scram.Challenge(Decode(initial ?? await ChallengeAsync(wire, "", stop)));
                var proof = scram.Verify(Decode(await ChallengeAsync(wire, Encode(final), stop)));
                if (proof is not null && (await ChallengeAsync(wire, Encode(proof), stop)).Length == 0)
                {
                    (user, password) = (scram.User, options.Users[scram.User]);
                }

                break;
            default:
                await wire.SayAsync("504 5.5.4 Unknown mechanism");
                return null;
        }

        var known = user is not null && options.Users.TryGetValue(user, out var right) && right == password;
        await wire.SayAsync(known ? "235 2.7.0 Welcome" : "535 5.7.8 Bad user name or password");
        return known ? user : null;
    }

    private static async Task<string> ChallengeAsync(SmtpSinkWire wire, string challenge, CancellationToken stop)
    {
        await wire.SayAsync("334 " + challenge);
        return await wire.ReadLineAsync(stop) ?? throw new IOException("closed during AUTH");
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
