using Jamail.Mail.Tests.Sending;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>What arrives is what was composed.</summary>
public abstract class TransportSendingContract(string implementation, ContractCount count)
    : TransportContract("transport sending", implementation, count)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_arrives_as_it_was_composed(bool pipelining)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Pipelining = pipelining);
        await using var transport = TransportTo(sink);
        var mail = SmtpTesting.Mail(1, "line\r\n.dot\r\n..two dots\r\n.\r\nlast");

        var result = await transport.SendAsync(mail);

        Assert.True(result.Accepted, result.Text);
        Assert.Equal(SendPhase.Reply, result.Phase);
        Assert.Equal(250, result.ReplyCode);
        Assert.Equal("2.0.0", result.EnhancedCode);
        var message = Assert.Single(sink.Messages);
        Assert.Equal(mail.Content.ToArray(), message.Content);
        Assert.Equal("shop@example.org", message.From);
        Assert.Equal(["anna@example.com"], message.Recipients);
        Assert.Equal($"SIZE={mail.Content.Length}", message.MailParameters);
    }

    [Fact]
    public async Task Bare_line_ends_cannot_smuggle_a_second_message()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = TransportTo(sink);

        var result = await transport.SendAsync(SmtpTesting.Mail(1, "a\n.\nMAIL FROM:<evil@example.org>\r.\r\nb\n.\r\nc"));

        Assert.True(result.Accepted, result.Text);
        Assert.Equal(
            "Message-ID: <mail.1@example.org>\r\nSubject: Hello\r\n\r\na\r\n.\r\nMAIL FROM:<evil@example.org>\r\n.\r\nb\r\n.\r\nc\r\n",
            Assert.Single(sink.Messages).Text);
    }

    [Fact]
    public async Task A_message_to_several_goes_to_all_of_them_or_to_none()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = TransportTo(sink);
        var mail = SmtpTesting.Mail(1) with { EnvelopeMore = ["bert@example.com", "carl@example.com"] };

        Assert.True((await transport.SendAsync(mail)).Accepted);
        sink.On(SmtpStep.Rcpt, new SinkAction.Reply("550 5.1.1 No such user"), times: 1);
        var refused = await transport.SendAsync(mail);
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal(["anna@example.com", "bert@example.com", "carl@example.com"], sink.Messages[0].Recipients);
        Assert.Equal((TransportFault.Refused, SendPhase.Recipient, 550), (refused.Fault, refused.Phase, refused.ReplyCode));
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(2, sink.Messages.Count);
    }
}
