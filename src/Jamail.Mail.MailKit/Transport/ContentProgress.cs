using MailKit;

namespace Jamail.Mail.MailKit;

/// <summary>Asks, when the content is written and before its end is said, whether the message may be handed over.</summary>
internal sealed class ContentProgress(MailKitClient client, Func<SendPhase, bool> mayEnter, SmtpLimits limits, SmtpOptions options) : ITransferProgress
{
    private bool _asked;

    public void Report(long bytesTransferred, long totalSize)
    {
        if (client.Tracker.Phase < SendPhase.Content)
        {
            client.Tracker.BeginContent();
        }

        limits.Allow(options.CommandTimeout);
        if (bytesTransferred < totalSize || _asked)
        {
            return;
        }

        _asked = true;
        if (client.SendsByBdat)
        {
            // The server knows the size: the last byte is the end, and it may be out already.
            client.Tracker.Enter(SendPhase.Dot);
        }

        if (!mayEnter(SendPhase.Dot) || !limits.IgnoreCaller())
        {
            throw new SenderStoppedException();
        }

        client.Tracker.Enter(SendPhase.Dot);
        limits.Allow(options.FinalReplyTimeout);
    }

    public void Report(long bytesTransferred)
    {
    }
}
