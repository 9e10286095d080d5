using System.Globalization;

namespace Jamail.Mail.Tests.Sending;

public sealed class SendVerdictsTests
{
    private readonly SendVerdicts _verdicts = new();

    [Fact]
    public async Task Every_real_reply_line_has_its_class()
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Sending", "Verdicts", "reply-lines.txt")))
            .Where(line => line.Length > 0 && line[0] != '#').ToArray();
        Assert.True(lines.Length >= 150, $"only {lines.Length} lines");

        var wrong = new List<string>();
        foreach (var line in lines)
        {
            var parts = line.Split(" | ", 3);
            var verdict = _verdicts.Judge(Refused(Enum.Parse<SendPhase>(parts[0]), parts[2]));
            if (verdict.Class != parts[1])
            {
                wrong.Add($"{line}  =>  {verdict.Class}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData(SendPhase.Lease, TransportFault.TimedOut, "no-free-connection", "Deferred")]
    [InlineData(SendPhase.Connect, TransportFault.Unreachable, "unreachable", "Deferred")]
    [InlineData(SendPhase.Connect, TransportFault.AddressDenied, "provider-config", "Deferred")]
    [InlineData(SendPhase.Connect, TransportFault.TimedOut, "timed-out", "Deferred")]
    [InlineData(SendPhase.Tls, TransportFault.Tls, "provider-config", "Deferred")]
    [InlineData(SendPhase.Auth, TransportFault.SignIn, "provider-config", "Deferred")]
    [InlineData(SendPhase.MailFrom, TransportFault.ConnectionLost, "connection-lost", "Deferred")]
    [InlineData(SendPhase.Recipient, TransportFault.Protocol, "protocol", "Deferred")]
    [InlineData(SendPhase.Content, TransportFault.ConnectionLost, "connection-lost", "Deferred")]
    [InlineData(SendPhase.Content, TransportFault.Stopped, "stopped", "Deferred")]
    [InlineData(SendPhase.Content, TransportFault.Storage, "storage", "Retry")]
    [InlineData(SendPhase.MailFrom, TransportFault.Unsupported, "unsupported", "Failed")]
    [InlineData(SendPhase.Dot, TransportFault.ConnectionLost, "connection-lost", "Uncertain")]
    [InlineData(SendPhase.Dot, TransportFault.TimedOut, "timed-out", "Uncertain")]
    [InlineData(SendPhase.Reply, TransportFault.ConnectionLost, "connection-lost", "Uncertain")]
    [InlineData(SendPhase.Reply, TransportFault.TimedOut, "timed-out", "Uncertain")]
    [InlineData(SendPhase.Reply, TransportFault.Protocol, "protocol", "Uncertain")]
    [InlineData(SendPhase.Reply, TransportFault.None, "accepted", "Sent")]
    public void Without_a_reply_phase_and_fault_decide(SendPhase phase, TransportFault fault, string name, string kind)
    {
        var verdict = _verdicts.Judge(new TransportResult { Phase = phase, Fault = fault, Text = "what happened" });

        Assert.Equal((name, kind), (verdict.Class, verdict.Kind.ToString()));
        Assert.EndsWith("what happened", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_in_the_final_reply_is_never_uncertain()
    {
        foreach (var code in Enumerable.Range(400, 200))
        {
            var verdict = _verdicts.Judge(Refused(SendPhase.Reply, code.ToString(CultureInfo.InvariantCulture) + " anything"));
            Assert.NotEqual(SendVerdictKind.Uncertain, verdict.Kind);
            Assert.NotEqual(SendVerdictKind.Sent, verdict.Kind);
            Assert.True(code >= 500 || verdict.Kind == SendVerdictKind.Deferred, $"{code} is {verdict.Kind}");
        }
    }

    [Fact]
    public void A_long_hostile_text_is_judged_at_once()
    {
        var text = string.Concat(Enumerable.Repeat("user user mailbox account is ", 40))[..1000];
        Assert.Equal(SendVerdictKind.Bounced, _verdicts.Judge(Refused(SendPhase.Recipient, "550 " + text)).Kind);
    }

    [Fact]
    public void The_reason_names_phase_codes_and_text()
    {
        var verdict = _verdicts.Judge(Refused(SendPhase.Recipient, "550 5.1.1 User unknown"));
        Assert.Equal("RCPT TO: 550 5.1.1 User unknown", verdict.Reason);
    }

    private static TransportResult Refused(SendPhase phase, string line)
    {
        var reply = new SmtpReply(int.Parse(line[..3], CultureInfo.InvariantCulture), [line[4..]]);
        return new TransportResult
        {
            Phase = phase,
            Fault = TransportFault.Refused,
            ReplyCode = reply.Code,
            EnhancedCode = reply.EnhancedCode,
            Text = reply.Text,
        };
    }
}
