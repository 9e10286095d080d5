using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record AcceptedEmailView(string Id, string Status, string MessageId)
{
    public static AcceptedEmailView Of(AcceptedEmail email) => new(email.Id.Value, WireNames.Of(email.Status), email.MessageId);
}
