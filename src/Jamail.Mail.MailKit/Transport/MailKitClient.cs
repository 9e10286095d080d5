using System.Diagnostics.CodeAnalysis;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Jamail.Mail.MailKit;

/// <summary>MailKit's client, asked before it goes on, and told to leave messages as they are.</summary>
internal sealed class MailKitClient(PhaseTracker tracker, MailKitOptions options) : SmtpClient(tracker), ISmtpLine
{
    private Func<SendPhase, bool> _mayEnter = _ => true;
    private string _envelopeId = "";
    private int _recipientsLeft;
    private int _taken;
    private List<string> _left = [];

    public PhaseTracker Tracker => tracker;

    public int Messages { get; set; }

    public bool HasNews => !IsConnected;

    /// <summary>Recipients that the server takes by another message only; null for none.</summary>
    public IReadOnlyList<string>? Left => _left.Count > 0 ? _left : null;

    /// <summary>The recipient that it refused; null for none.</summary>
    public string? Refused { get; private set; }

    public bool SendsByBdat => options.UseChunking && (Capabilities & global::MailKit.Net.Smtp.SmtpCapabilities.Chunking) != 0;

    protected override bool PreferSendAsBinaryData => SendsByBdat;

    public void Begin(ComposedEmail mail, Func<SendPhase, bool> mayEnter)
    {
        _mayEnter = mayEnter;
        _envelopeId = MailIdentity.EnvelopeId(mail.MessageId);
        DeliveryStatusNotificationType = options.RequestDeliveryStatus
            ? DeliveryStatusNotificationType.HeadersOnly
            : DeliveryStatusNotificationType.Unspecified;
        _recipientsLeft = mail.EnvelopeMore.Count + 1;
        (_taken, _left, Refused) = (0, [], null);
        tracker.BeginMessage();
    }

    public async Task<bool> AnswersAsync(SmtpLimits limits)
    {
        await NoOpAsync(limits.Token).ConfigureAwait(false);
        return true;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nothing can be lost any more.")]
    public async Task QuitAsync(SmtpLimits limits)
    {
        try
        {
            if (IsConnected)
            {
                await DisconnectAsync(quit: true, limits.Token).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // The composer has done this; to encode anew would change what was signed, and what the attempt before has sent.
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _taken++;
        Answered();
    }

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if (_taken > 0 && Refused is null && RecipientLimit.IsReached(MailKitFaults.Reply((int)response.StatusCode, response.Response)))
        {
            _left.Add(mailbox.Address);
            tracker.Tolerate();
            Answered();
            return;
        }

        Refused ??= mailbox.Address;
        tracker.Refuse(SendPhase.Recipient);
        base.OnRecipientNotAccepted(message, mailbox, response);
    }

    private void Answered()
    {
        if (--_recipientsLeft > 0)
        {
            return;
        }

        if (!_mayEnter(SendPhase.Data))
        {
            throw new SenderStoppedException();
        }

        tracker.Enter(SendPhase.Data);
    }

    protected override string? GetEnvelopeId(MimeMessage message) => options.RequestDeliveryStatus ? _envelopeId : null;

    protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
        options.RequestDeliveryStatus ? DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay : null;
}
