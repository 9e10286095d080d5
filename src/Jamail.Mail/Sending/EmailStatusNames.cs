namespace Jamail.Mail;

internal static class EmailStatusNames
{
    public static string WireName(this EmailStatus status) =>
        Enum.IsDefined(status)
            ? status.ToString().ToLowerInvariant()
            : throw new ArgumentOutOfRangeException(nameof(status), status, "This is no state of a mail.");
}
