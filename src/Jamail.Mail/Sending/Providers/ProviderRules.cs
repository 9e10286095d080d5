using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>What a mail server must be.</summary>
internal static class ProviderRules
{
    /// <param name="draft">What it is to be.</param>
    /// <param name="hasPassword">Whether one is stored.</param>
    /// <exception cref="InvalidInputException">All that is wrong.</exception>
    public static void Check(EmailProviderDraft draft, bool hasPassword)
    {
        var problems = new List<InputProblem>();
        Require(
            draft.Name.Length is >= 1 and <= 100 && draft.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'),
            "name", "It must have 1 to 100 letters, digits, '.', '_' or '-'.", "Give such a name.");
        Require(
            draft.Name != MailProviders.Configured,
            "name", "'default' is the mail server of the host's settings.", "Give another name, or change Jamail:Mail:Smtp.");
        Require(
            Uri.CheckHostName(draft.Host) != UriHostNameType.Unknown && draft.Host.Length <= 255,
            "host", "It is no host name or address.", "Give a name such as smtp.example.com; the port has a field of its own.");
        Require(draft.Port is >= 1 and <= 65535, "port", $"It is {draft.Port} but must be 1 to 65535.", "Give 587, 465 or 25.");
        Require(Enum.IsDefined(draft.Security), "security", "It is unknown.", "Give byPort, startTls, tls or none.");
        Require(Enum.IsDefined(draft.Mechanism), "mechanism", "It is unknown.", "Give auto, plain, login or xOAuth2.");
        Require(
            IsLine(draft.User) && IsLine(draft.EhloName), "user", "It or the EHLO name has more than 255 characters, or a control character.", "Give one line.");
        Require(
            draft.Password is null or { Length: >= 1 and <= 4096 }, "password", "It is empty or has more than 4096 characters.", "Give the password, or leave it out.");
        Require(
            string.IsNullOrEmpty(draft.User) || draft.Password is not null || hasPassword,
            "password", "It is missing, and there is a user.", "Give user and password, or neither.");
        Require(
            !string.IsNullOrEmpty(draft.User) || draft.Password is null,
            "user", "It is missing, and there is a password.", "Give user and password, or neither.");
        Require(draft.MaxConnections is >= 1 and <= 100, "maxConnections", $"It is {draft.MaxConnections} but must be 1 to 100.", "Give a number in that range.");
        Require(
            draft.MaxMessagesPerConnection is >= 1 and <= 10_000,
            "maxMessagesPerConnection", $"It is {draft.MaxMessagesPerConnection} but must be 1 to 10000.", "Give a number in that range.");
        Require(
            draft.MaxConcurrent is null or (>= 1 and <= 10_000),
            "maxConcurrent", $"It is {draft.MaxConcurrent} but must be 1 to 10000.", "Give a number in that range, or leave it out.");
        Require(
            draft.RatePerSecond is null or (>= 0.01 and <= 100_000),
            "ratePerSecond", $"It is {draft.RatePerSecond} but must be 0.01 to 100000.", "Give a number in that range, or leave it out.");
        Require(
            draft.RatePerDomain is null or (>= 0.01 and <= 100_000),
            "ratePerDomain", $"It is {draft.RatePerDomain} but must be 0.01 to 100000.", "Give a number in that range, or leave it out.");
        Require(
            draft.DailyQuota is null or (>= 1 and <= 1_000_000_000),
            "dailyQuota", $"It is {draft.DailyQuota} but must be 1 to 1000000000.", "Give a number in that range, or leave it out.");
        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        void Require(bool holds, string field, string rule, string fix)
        {
            if (!holds)
            {
                problems.Add(new InputProblem(field, rule, fix));
            }
        }
    }

    private static bool IsLine(string? text) => text is null || (text.Length <= 255 && !text.Any(char.IsControl));
}
