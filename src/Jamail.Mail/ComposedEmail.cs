namespace Jamail.Mail;

/// <summary>A message as it goes over the wire, with its envelope.</summary>
/// <param name="MessageId">The Message-ID header, without angle brackets.</param>
/// <param name="EnvelopeFrom">The address bounces go to.</param>
/// <param name="EnvelopeTo">The address it is delivered to.</param>
/// <param name="Content">The whole message: lines end in CR LF, no line begins a dialogue (dots are doubled by the transport).</param>
/// <param name="NeedsUtf8">Whether an address or a header holds UTF-8, so that the server must offer SMTPUTF8.</param>
public sealed record ComposedEmail(
    string MessageId,
    string EnvelopeFrom,
    string EnvelopeTo,
    ReadOnlyMemory<byte> Content,
    bool NeedsUtf8 = false)
{
    /// <summary>Further addresses it is delivered to: to all of them and <see cref="EnvelopeTo"/>, or to none.</summary>
    public IReadOnlyList<string> EnvelopeMore { get; init; } = [];
}
