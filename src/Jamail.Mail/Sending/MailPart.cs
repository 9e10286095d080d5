namespace Jamail.Mail;

/// <param name="Message">Addressed to the recipients of one transaction.</param>
/// <param name="Key">What a server that drops repeats knows it by.</param>
/// <param name="Held">Recipients who get it by a further transaction, whatever the server takes now.</param>
internal sealed record MailPart(ComposedEmail Message, string Key, IReadOnlyList<string> Held);
