using System.Globalization;

namespace Jamail.Mail;

/// <summary>What a call was answered, kept for repeats of it.</summary>
internal static class StoredAnswer
{
    public static string Of(MailRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Id} {row.Status} {row.MessageId}");

    public static AcceptedEmail Read(string answer, bool isReplay)
    {
        var parts = answer.Split(' ');
        return new AcceptedEmail(
            EmailId.Parse(parts[0]), (EmailStatus)int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], isReplay);
    }
}
