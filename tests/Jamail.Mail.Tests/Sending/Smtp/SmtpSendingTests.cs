using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Sending;

public sealed class SmtpSendingTests
{
    [Fact]
    public async Task Without_EHLO_the_dialogue_begins_with_HELO()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Ehlo = false);
        await using var transport = SmtpTesting.TransportTo(sink, options => options.EhloName = "mail.example.org");

        var result = await transport.SendAsync();

        Assert.True(result.Accepted, result.Text);
        Assert.Contains("1 C: HELO mail.example.org", sink.Dialogue);
        Assert.Equal("", Assert.Single(sink.Messages).MailParameters);
    }

    [Fact]
    public async Task The_configured_name_is_said_in_EHLO()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options => options.EhloName = "out.example.org");

        await transport.SendAsync();

        Assert.Contains("1 C: EHLO out.example.org", sink.Dialogue);
    }

    [Fact]
    public async Task A_message_over_the_servers_size_is_not_offered_and_the_connection_lives_on()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Size = 500);
        await using var transport = SmtpTesting.TransportTo(sink);

        var big = await transport.SendAsync(SmtpTesting.Mail(1, new string('x', 900)));
        var small = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal(TransportFault.Unsupported, big.Fault);
        Assert.True(big.Phase < SendPhase.Dot);
        Assert.Contains("500", big.Text, StringComparison.Ordinal);
        Assert.True(small.Accepted, small.Text);
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public async Task SMTPUTF8_is_asked_for_only_where_it_is_offered(bool offered, bool eightBit, bool accepted)
    {
        await using var sink = await SmtpSink.StartAsync(options =>
        {
            options.SmtpUtf8 = offered;
            options.EightBitMime = eightBit;
        });
        await using var transport = SmtpTesting.TransportTo(sink);

        var result = await transport.SendAsync(SmtpTesting.Mail(1, to: "ännä@example.com") with { NeedsUtf8 = true });

        Assert.Equal(accepted ? TransportFault.None : TransportFault.Unsupported, result.Fault);
        Assert.Equal(accepted ? "ännä@example.com" : null, sink.Messages.SingleOrDefault()?.Recipients.Single());
        if (accepted)
        {
            Assert.EndsWith(" SMTPUTF8", sink.Messages[0].MailParameters, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bytes_beyond_ASCII_need_8BITMIME()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var without = await SmtpSink.StartAsync(options => options.EightBitMime = false);
        await using var transport = SmtpTesting.TransportTo(sink);
        await using var transportWithout = SmtpTesting.TransportTo(without);

        var accepted = await transport.SendAsync(SmtpTesting.Mail(1, "grün"));
        var refused = await transportWithout.SendAsync(SmtpTesting.Mail(2, "grün"));

        Assert.True(accepted.Accepted, accepted.Text);
        Assert.EndsWith("BODY=8BITMIME", sink.Messages[0].MailParameters, StringComparison.Ordinal);
        Assert.Equal(TransportFault.Unsupported, refused.Fault);
        Assert.Empty(without.Messages);
    }

    [Theory]
    [InlineData("anna@example.com>\r\nRCPT TO:<evil@example.org")]
    [InlineData("anna@example.com\nDATA")]
    [InlineData("anna@example.com> NOTIFY=NEVER <x")]
    [InlineData("")]
    public async Task An_envelope_address_cannot_carry_a_command(string recipient)
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink);

        var result = await transport.SendAsync(SmtpTesting.Mail() with { EnvelopeTo = recipient });

        Assert.Equal(TransportFault.Unsupported, result.Fault);
        Assert.Empty(sink.Messages);
        Assert.DoesNotContain(sink.Dialogue, line => line.Contains("RCPT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_offers_DSN_is_asked_for_reports_that_name_the_mail(bool pipelining)
    {
        var id = Guid.NewGuid();
        await using var sink = await SmtpSink.StartAsync(options => (options.Dsn, options.SmtpUtf8, options.Pipelining) = (true, true, pipelining));
        await using var transport = SmtpTesting.TransportTo(sink);
        var own = SmtpTesting.Mail(1, to: "anna+news=2@example.com") with
        {
            MessageId = $"jm.{id:N}@example.org", EnvelopeMore = ["ännä@example.com"], NeedsUtf8 = true,
        };
        var foreign = SmtpTesting.Mail(2) with { MessageId = "a+b@example.org" };
        var longest = SmtpTesting.Mail(3) with { MessageId = $"{new string('x', 100)}@example.org" };

        foreach (var mail in (ComposedEmail[])[own, foreign, longest])
        {
            Assert.True((await transport.SendAsync(mail)).Accepted);
        }

        string[] Dsn(int mail) => [.. sink.Messages[mail].MailParameters.Split(' ').Where(word => word.StartsWith("RET", StringComparison.Ordinal) || word.StartsWith("ENVID", StringComparison.Ordinal))];
        Assert.Equal(["RET=HDRS", $"ENVID={id:D}"], Dsn(0));
        Assert.Equal(["RET=HDRS", "ENVID=a+2Bb@example.org"], Dsn(1));
        Assert.Equal(["RET=HDRS"], Dsn(2));
        Assert.Equal(
            ["NOTIFY=FAILURE,DELAY ORCPT=rfc822;anna+2Bnews+3D2@example.com", "NOTIFY=FAILURE,DELAY"], sink.Messages[0].RecipientParameters);
    }

    [Fact]
    public async Task A_server_without_DSN_is_told_nothing_of_reports()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink);

        await transport.SendAsync();

        Assert.DoesNotContain("RET", sink.Messages[0].MailParameters, StringComparison.Ordinal);
        Assert.Equal([""], sink.Messages[0].RecipientParameters);
    }

    [Fact]
    public async Task Many_messages_go_over_few_connections()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = SmtpTesting.TransportTo(sink, options => options.LeaseTimeout = TimeSpan.FromSeconds(30));

        var results = await Task.WhenAll(Enumerable.Range(1, 500).Select(i => Task.Run(() => transport.SendAsync(SmtpTesting.Mail(i)))));

        Assert.All(results, result => Assert.True(result.Accepted, result.Text));
        Assert.Equal(500, sink.Messages.Select(message => message.MessageId).Distinct().Count());
        // 500 messages at 100 each are five connections; one more per place where a lease came between.
        Assert.InRange(sink.Connections, 5, 10);
        Assert.All(results, result => Assert.InRange(result.ConnectionUse, 1, 100));
    }
}
