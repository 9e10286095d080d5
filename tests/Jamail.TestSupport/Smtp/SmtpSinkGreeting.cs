namespace Jamail.TestSupport;

/// <summary>What a <see cref="SmtpSink"/> answers EHLO with.</summary>
internal static class SmtpSinkGreeting
{
    public static string For(SmtpSinkOptions options, bool tls)
    {
        List<string> lines = ["sink.test"];
        void Offer(bool offered, string keyword)
        {
            if (offered)
            {
                lines.Add(keyword);
            }
        }

        Offer(options.Pipelining, "PIPELINING");
        Offer(options.Size is not null, "SIZE " + options.Size);
        Offer(options.EightBitMime, "8BITMIME");
        Offer(options.SmtpUtf8, "SMTPUTF8");
        Offer(options.Chunking, "CHUNKING");
        Offer(options.Dsn, "DSN");
        Offer(options.EnhancedStatusCodes, "ENHANCEDSTATUSCODES");
        Offer(options.Tls == SinkTls.StartTls && !tls, "STARTTLS");
        Offer(options.AuthMechanisms.Count > 0 && (tls || options.AuthWithoutTls || options.Tls == SinkTls.None),
            "AUTH " + string.Join(' ', options.AuthMechanisms));
        return string.Join("\r\n", lines.Select((text, i) => (i < lines.Count - 1 ? "250-" : "250 ") + text));
    }
}
