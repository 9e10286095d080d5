using System.Globalization;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>The addresses of a message, read and checked.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The recipient.</param>
/// <param name="Cc">Copies that everybody sees.</param>
/// <param name="Bcc">Copies that nobody sees.</param>
/// <param name="ReplyTo">Where answers go; null: to the sender.</param>
internal sealed record MailAddresses(
    EmailAddress? From, EmailAddress? To, IReadOnlyList<EmailAddress> Cc, IReadOnlyList<EmailAddress> Bcc, EmailAddress? ReplyTo)
{
    private const int MaxCopies = 50;

    /// <summary>Reads them; what is wrong is added to <paramref name="problems"/>, all of it.</summary>
    public static MailAddresses Read(EmailMessage mail, string? defaultFrom, List<InputProblem> problems)
    {
        if (mail.Cc.Count + mail.Bcc.Count > MaxCopies)
        {
            problems.Add(new InputProblem(
                "cc", $"There are {mail.Cc.Count + mail.Bcc.Count} with bcc; at most {MaxCopies} are allowed.", "Send several e-mails, as in a batch."));
        }

        return new MailAddresses(
            Named("from", mail.From ?? defaultFrom ?? MailDefaults.SandboxFrom, problems),
            Plain("to", mail.To, problems),
            [.. mail.Cc.Take(MaxCopies).Select((text, i) => Named(Item("cc", i), text, problems)).OfType<EmailAddress>()],
            [.. mail.Bcc.Take(MaxCopies).Select((text, i) => Plain(Item("bcc", i), text, problems)).OfType<EmailAddress>()],
            mail.ReplyTo is null ? null : Plain("replyTo", mail.ReplyTo, problems));
    }

    /// <summary>Those that could be read, with the names of their fields.</summary>
    public IEnumerable<(string Field, EmailAddress Address)> All() =>
        new[] { ("from", From), ("to", To), ("replyTo", ReplyTo) }
            .Concat(Cc.Select((address, i) => (Item("cc", i), (EmailAddress?)address)))
            .Concat(Bcc.Select((address, i) => (Item("bcc", i), (EmailAddress?)address)))
            .Where(item => item.Item2 is not null)
            .Select(item => (item.Item1, item.Item2!)); // Where: none is null.

    public static EmailAddress? Plain(string field, string text, List<InputProblem> problems)
    {
        if (!EmailAddressParser.TryParse(text, out var address, out var problem))
        {
            problems.Add(new InputProblem(
                field, $"'{MailInput.Shown(text)}' is no e-mail address: {problem}.", "Give one plain address, such as anna@example.com."));
        }

        return address;
    }

    private const int LongestName = 200;

    private static EmailAddress? Named(string field, string text, List<InputProblem> problems)
    {
        if (!EmailAddressParser.TryParseWithName(text, out var address, out var problem))
        {
            problems.Add(new InputProblem(
                field, $"'{MailInput.Shown(text)}' is no {(field == "from" ? "sender" : "recipient")}: {problem}.", "Give an address, or Name <address>."));
        }
        else if (address.Name is { } name && (name.Length > LongestName
            ? new InputProblem(field, $"The name has {name.Length} characters; at most {LongestName} are allowed.", "Shorten it.")
            : MailInput.Characters(field, name)) is { } odd)
        {
            problems.Add(odd);
        }

        return address;
    }

    private static string Item(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
