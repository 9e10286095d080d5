using System.Security.Cryptography;

namespace Jamail.Mail;

/// <summary>A delivery status notification or a complaint, taken apart.</summary>
/// <param name="Id">Of its content: the same message is taken once.</param>
/// <param name="CameBackTo">The addresses it was sent to.</param>
/// <param name="EnvelopeId">What we gave as ENVID; null for none.</param>
/// <param name="MessageId">Of the message it is about; null when it does not say.</param>
/// <param name="Findings">One for each recipient.</param>
internal sealed record RawReport(
    string Id, IReadOnlyList<string> CameBackTo, string? EnvelopeId, string? MessageId, IReadOnlyList<RawFinding> Findings)
{
    /// <returns>Null when it is no report.</returns>
    public static RawReport? Read(ReadOnlySpan<byte> message)
    {
        var root = MimePart.Read(message);
        var parts = root.All.ToList();
        var status = parts.Find(part => part.MediaType == "message/delivery-status");
        var feedback = parts.Find(part => part.MediaType == "message/feedback-report");
        if (status is null && feedback is null)
        {
            return null;
        }

        var returned = parts.Find(part => part.MediaType is "message/rfc822" or "text/rfc822-headers");
        var original = returned is null ? [] : MimePart.Fields(returned.Body.Split("\n\n")[0]);
        var fields = status is null ? MimePart.Fields(feedback!.Body) : MimePart.Fields(status.Body.TrimStart('\n').Split("\n\n")[0]); // One of them is there.
        return new RawReport(
            Convert.ToHexStringLower(SHA256.HashData(message)),
            [.. ((string[])["Delivered-To", "X-Original-To", "To"]).SelectMany(name => root.Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                .Select(header => Address(header.Value))],
            Field(fields, "Original-Envelope-Id"),
            Field(original, "Message-ID")?.Trim('<', '>', ' '),
            status is null ? [new RawFinding(MailReportKind.Complained, null, Field(fields, "Feedback-Type"), Field(fields, "Original-Rcpt-To")?.Trim('<', '>', ' '))] : ReadFindings(status.Body));
    }

    /// <summary>The subject of a message that is no report; null for none.</summary>
    public static string? Subject(ReadOnlySpan<byte> message) => Field(MimePart.Read(message).Headers, "Subject")?.Trim();

    private static List<RawFinding> ReadFindings(string body) =>
        [.. body.TrimStart('\n').Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(MimePart.Fields)
            .Where(fields => Field(fields, "Action") is not null)
            .Select(fields => new RawFinding(
                Field(fields, "Action")!.ToLowerInvariant() switch // Only those that have one.
                {
                    "failed" => MailReportKind.Bounced,
                    "delivered" or "relayed" or "expanded" => MailReportKind.Delivered,
                    _ => MailReportKind.Delayed,
                },
                Field(fields, "Status")?.Split(' ')[0],
                Field(fields, "Diagnostic-Code"),
                Recipient(Field(fields, "Original-Recipient")) ?? Recipient(Field(fields, "Final-Recipient"))))];

    private static string? Field(IReadOnlyList<(string Name, string Value)> fields, string name) =>
        fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    // "rfc822; anna@example.com"; what we gave as ORCPT comes back, possibly still in xtext.
    private static string? Recipient(string? field) =>
        field is not null && field.IndexOf(';', StringComparison.Ordinal) is > 0 and var end && field[..end].Trim().Equals("rfc822", StringComparison.OrdinalIgnoreCase)
            ? field[(end + 1)..].Trim().Trim('<', '>').Replace("+2B", "+", StringComparison.Ordinal).Replace("+3D", "=", StringComparison.Ordinal)
            : null;

    private static string Address(string header)
    {
        var open = header.LastIndexOf('<');
        return open >= 0 && header.IndexOf('>', open) is var close and > 0 ? header[(open + 1)..close] : header.Trim();
    }
}
