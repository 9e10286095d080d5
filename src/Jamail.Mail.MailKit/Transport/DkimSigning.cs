using MimeKit;
using MimeKit.Cryptography;

namespace Jamail.Mail.MailKit;

/// <summary>Signs messages (RFC 6376): rsa-sha256, relaxed.</summary>
internal sealed class DkimSigning
{
    // Those that are there when a message is signed, the one-click headers among them (RFC 8058 asks for them).
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From, HeaderId.To, HeaderId.Cc, HeaderId.ReplyTo, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId,
        HeaderId.MimeVersion, HeaderId.ContentType, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost,
    ];

    private readonly DkimSigner _signer;

    public DkimSigning(MailKitOptions options)
    {
        _signer = new DkimSigner(options.DkimPrivateKeyFile!, options.DkimDomain!, options.DkimSelector!) // The rules demand all three.
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            SignatureAlgorithm = DkimSignatureAlgorithm.RsaSha256,
        };
    }

    public static DkimSigning? Of(MailKitOptions options) => string.IsNullOrEmpty(options.DkimDomain) ? null : new DkimSigning(options);

    public void Sign(MimeMessage message) => _signer.Sign(message, [.. Signed.Where(message.Headers.Contains)]);
}
