using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

/// <summary>What only a client that sends DATA with the commands before it can meet.</summary>
public sealed class SmtpGroupTests
{
    [Fact]
    public async Task A_server_that_wants_content_for_a_refused_recipient_gets_none()
    {
        await using var sink = await SmtpSink.StartAsync();
        sink.Refuse(SmtpStep.Rcpt, "550 5.1.1 No such user", times: 1);
        sink.Refuse(SmtpStep.Data, "354 Go on", times: 1);
        await using var transport = SmtpTesting.TransportTo(sink);

        var refused = await transport.SendAsync(SmtpTesting.Mail(1));
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal((TransportFault.Refused, SendPhase.Recipient, 550, "5.1.1"), (refused.Fault, refused.Phase, refused.ReplyCode, refused.EnhancedCode));
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(2, sink.Connections);
    }
}
