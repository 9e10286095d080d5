using MailKit;

namespace Jamail.Mail.MailKit;

/// <summary>Asks, when the whole content was given to the stream and before its end is said, whether the message may be handed over.</summary>
/// <param name="client">Sends it.</param>
/// <param name="doubledDots">How many bytes more than the message has go out, where a dot ends it.</param>
/// <param name="mayEnter">The sender.</param>
/// <param name="limits">Of the steps.</param>
/// <param name="options">Of the server.</param>
internal sealed class ContentProgress(
    MailKitClient client, int doubledDots, Func<SendPhase, bool> mayEnter, SmtpLimits limits, SmtpOptions options) : ITransferProgress
{
    // More than MailKit and MimeKit write at a time.
    private const int LastStretch = 64 * 1024;

    private bool _begun;
    private bool _asked;

    public void Report(long bytesTransferred, long totalSize)
    {
        var whole = client.SendsByBdat ? totalSize : totalSize + doubledDots;
        if (!_begun)
        {
            _begun = true;
            client.Tracker.BeginContent(client.SendsByBdat ? totalSize : null);
        }

        if (_asked)
        {
            return;
        }

        limits.Allow(options.CommandTimeout);
        if (client.SendsByBdat && whole - bytesTransferred <= LastStretch && client.Tracker.Phase == SendPhase.Content)
        {
            // The server knows the size: the write that comes next may hold the last byte, which is the end.
            client.Tracker.Enter(SendPhase.Dot);
        }

        if (bytesTransferred >= whole)
        {
            Ask();
        }
    }

    public void Report(long bytesTransferred)
    {
    }

    private void Ask()
    {
        _asked = true;
        if (!mayEnter(SendPhase.Dot) || !limits.IgnoreCaller())
        {
            // What MailKit still holds back is never written.
            client.Tracker.Enter(client.Tracker.IsChunkWritten ? SendPhase.Reply : SendPhase.Content);
            throw new SenderStoppedException();
        }

        client.Tracker.Enter(client.Tracker.IsChunkWritten ? SendPhase.Reply : SendPhase.Dot);
        limits.Allow(options.FinalReplyTimeout);
    }
}
