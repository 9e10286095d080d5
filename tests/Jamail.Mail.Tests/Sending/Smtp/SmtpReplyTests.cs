using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

/// <summary>Replies that are slow, endless or no replies at all.</summary>
public sealed class SmtpReplyTests
{
    [Fact]
    public async Task A_dripping_reply_is_read_whole()
    {
        await using var sink = await SmtpSink.StartAsync();
        sink.On(SmtpStep.Ehlo, new SinkAction.Drip(TimeSpan.FromMilliseconds(1)));
        sink.On(SmtpStep.Dot, new SinkAction.Drip(TimeSpan.FromMilliseconds(1)));
        await using var transport = SmtpTesting.TransportTo(sink);

        var result = await transport.SendAsync();

        Assert.True(result.Accepted, result.Text);
    }

    [Theory]
    [InlineData(SmtpStep.Ehlo, SendPhase.Auth)]
    [InlineData(SmtpStep.Rcpt, SendPhase.Recipient)]
    [InlineData(SmtpStep.Dot, SendPhase.Reply)]
    public async Task An_endless_reply_is_cut(SmtpStep step, SendPhase phase)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.KeepDialogue = false);
        sink.On(step, new SinkAction.Flood(), times: 1);
        await using var transport = SmtpTesting.TransportTo(sink);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Protocol, phase), (result.Fault, result.Phase));
    }

    [Theory]
    [InlineData("hello there", "no SMTP reply")]
    [InlineData("250-one\r\n251 two", "changed its reply code")]
    [InlineData("334 what?", "334")]
    [InlineData("199 low", "no SMTP reply")]
    [InlineData("25O Ok", "no SMTP reply")]
    public async Task An_odd_reply_ends_the_connection(string reply, string expected)
    {
        await using var sink = await SmtpSink.StartAsync();
        sink.Refuse(SmtpStep.Mail, reply, times: 1);
        await using var transport = SmtpTesting.TransportTo(sink);

        var odd = await transport.SendAsync(SmtpTesting.Mail(1));
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal((TransportFault.Protocol, SendPhase.MailFrom), (odd.Fault, odd.Phase));
        Assert.Contains(expected, odd.Text, StringComparison.Ordinal);
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(2, sink.Connections);
    }

    [Fact]
    public async Task An_odd_reply_after_the_dot_leaves_it_unknown()
    {
        await using var sink = await SmtpSink.StartAsync();
        sink.Refuse(SmtpStep.Dot, "354 more, please");
        await using var transport = SmtpTesting.TransportTo(sink);

        var result = await transport.SendAsync();

        Assert.Equal((TransportFault.Protocol, SendPhase.Reply), (result.Fault, result.Phase));
    }
}
