namespace Jamail.Mail.MailKit;

/// <summary>The sender may not go on; MailKit closes the connection on any exception that is no reply of the server.</summary>
internal sealed class SenderStoppedException : Exception
{
    public SenderStoppedException()
        : base("The sender may not go on.")
    {
    }
}
