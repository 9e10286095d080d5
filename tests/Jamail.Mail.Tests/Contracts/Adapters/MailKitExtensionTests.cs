using System.Security.Cryptography;
using Jamail.Mail.MailKit;
using Jamail.Mail.Tests.Sending;
using Jamail.TestSupport;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.OpenSsl;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>What only MailKit does: BDAT, SCRAM, DSN, DKIM.</summary>
public sealed class MailKitExtensionTests(ContractCount count) : IClassFixture<ContractCount>
{
    private const string Password = "canary-secret-7f3a";

    private readonly ContractCount _count = Counted(count);

    [Fact]
    public async Task By_BDAT_a_message_arrives_as_it_was_composed()
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Chunking = true);
        await using var transport = Create(sink, mailKit => mailKit.UseChunking = true);
        var mail = SmtpTesting.Mail(1, "line\r\n.dot\r\n..two dots\r\n.\r\nlast");

        var result = await transport.SendAsync(mail);

        Assert.Equal((true, SendPhase.Reply, 250), (result.Accepted, result.Phase, result.ReplyCode));
        var message = Assert.Single(sink.Messages);
        Assert.True(message.Chunked);
        Assert.Equal(mail.Content.ToArray(), message.Content);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task By_BDAT_a_refused_message_was_answered(int length)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Chunking = true);
        sink.Refuse(SmtpStep.Dot, "554 5.7.1 Spam", times: 1);
        await using var transport = Create(sink, mailKit => mailKit.UseChunking = true);

        var refused = await transport.SendAsync(SmtpTesting.Mail(1, Lines(length)));
        var next = await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal((TransportFault.Refused, SendPhase.Reply, 554), (refused.Fault, refused.Phase, refused.ReplyCode));
        Assert.True(next.Accepted, next.Text);
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task By_BDAT_a_close_behind_the_last_byte_leaves_doubt(int length)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Chunking = true);
        sink.On(SmtpStep.Dot, new SinkAction.Close(Store: true), times: 1);
        await using var transport = Create(sink, mailKit => mailKit.UseChunking = true);

        var result = await transport.SendAsync(SmtpTesting.Mail(1, Lines(length)));

        Assert.Equal((TransportFault.ConnectionLost, SendPhase.Reply), (result.Fault, result.Phase));
        Assert.Equal(1, sink.Copies("<mail.1@example.org>"));
    }

    [Fact]
    public async Task By_BDAT_a_close_far_from_the_end_leaves_none()
    {
        await using var sink = await SmtpSink.StartAsync(options => (options.Chunking, options.Size) = (true, null));
        sink.On(SmtpStep.Content, new SinkAction.Close(Reset: true), times: 1);
        await using var transport = Create(sink, mailKit => mailKit.UseChunking = true);

        var result = await transport.SendAsync(SmtpTesting.Mail(1, Lines(32 * 1024 * 1024)));

        Assert.Equal((TransportFault.ConnectionLost, SendPhase.Content), (result.Fault, result.Phase));
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task By_BDAT_a_sender_that_may_not_go_on_either_leaves_nothing_or_says_that_it_is_in_doubt(int length)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Chunking = true);
        await using var transport = Create(sink, mailKit => mailKit.UseChunking = true);

        var stopped = await transport.SendAsync(SmtpTesting.Mail(1, Lines(length)), phase => phase != SendPhase.Dot);
        await transport.SendAsync(SmtpTesting.Mail(2));

        Assert.Equal(TransportFault.Stopped, stopped.Fault);
        Assert.True(stopped.Phase >= SendPhase.Dot || sink.Copies("<mail.1@example.org>") == 0, $"{stopped.Phase}");
        Assert.True(length > 10 || stopped.Phase == SendPhase.Content, $"{stopped.Phase}");
    }

    [Fact]
    public async Task A_server_without_CHUNKING_gets_DATA()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = Create(sink, mailKit => mailKit.UseChunking = true);

        Assert.True((await transport.SendAsync()).Accepted);

        Assert.False(Assert.Single(sink.Messages).Chunked);
    }

    [Theory]
    [InlineData(Password, true)]
    [InlineData(Password + "x", false)]
    public async Task Signing_in_by_SCRAM_sends_no_password(string password, bool known)
    {
        await using var sink = await SmtpSink.StartAsync(options =>
        {
            options.RequireAuth = true;
            options.Users["shop"] = Password;
            options.AuthMechanisms.Add("SCRAM-SHA-256");
        });
        await using var transport = Create(sink, smtp: options => (options.User, options.Password) = ("shop", password));

        var result = await transport.SendAsync();

        Assert.Equal(known, result.Accepted);
        Assert.Contains(sink.Dialogue, line => line.Contains("AUTH SCRAM-SHA-256", StringComparison.Ordinal));
        Assert.Equal(known ? TransportFault.None : TransportFault.SignIn, result.Fault);
        Assert.Equal(known ? ["shop"] : [], sink.Messages.Select(message => message.User));
        Assert.DoesNotContain(Password, result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failures_and_delays_are_asked_for_with_the_id_of_the_mail(bool wanted)
    {
        await using var sink = await SmtpSink.StartAsync(options => options.Dsn = true);
        await using var transport = Create(sink, mailKit => mailKit.RequestDeliveryStatus = wanted);
        var id = Guid.CreateVersion7();
        var mail = SmtpTesting.Mail() with { MessageId = MailIdentity.MessageId(id.ToString("D"), "shop@example.org"), EnvelopeMore = ["bert@example.com"] };

        Assert.True((await transport.SendAsync(mail)).Accepted);

        var message = Assert.Single(sink.Messages);
        var envelope = message.MailParameters.Split(' ').Where(part => part.Split('=')[0] is "ENVID" or "RET");
        Assert.Equal(wanted ? [$"ENVID={id:D}", "RET=HDRS"] : [], envelope.Order(StringComparer.Ordinal));
        Assert.Equal(2, message.RecipientParameters.Count);
        Assert.All(message.RecipientParameters, text => Assert.Equal(wanted, text.Contains("NOTIFY=FAILURE,DELAY", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_signature_holds_and_covers_the_one_click_headers()
    {
        using var rsa = RSA.Create(2048);
        using var folder = new TemporaryFolder("dkim");
        var file = folder.File("dkim.pem");
        await File.WriteAllTextAsync(file, rsa.ExportPkcs8PrivateKeyPem());
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = Create(
            sink, mailKit => (mailKit.DkimDomain, mailKit.DkimSelector, mailKit.DkimPrivateKeyFile) = ("example.org", "s1", file));
        const string Text = "From: shop@example.org\r\nTo: anna@example.com\r\nSubject: Hello\r\nMessage-ID: <mail.1@example.org>\r\n" +
            "List-Unsubscribe: <https://example.org/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nHi\r\n.dot\r\n";

        Assert.True((await transport.SendAsync(SmtpTesting.Mail() with { Content = System.Text.Encoding.ASCII.GetBytes(Text) })).Accepted);

        var bytes = Assert.Single(sink.Messages).Content;
        using var message = await MimeMessage.LoadAsync(new MemoryStream(bytes));
        var signature = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];
        Assert.Contains("List-Unsubscribe-Post", signature.Value, StringComparison.OrdinalIgnoreCase);
        Assert.True(await new DkimVerifier(new KeyOf(rsa)).VerifyAsync(message, signature));
        Assert.EndsWith(Text, System.Text.Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    private static ContractCount Counted(ContractCount count)
    {
        count.Add("BDAT, SCRAM, DSN, DKIM", $"MailKit {AdapterVersions.MailKit}");
        return count;
    }

    private static string Lines(int length) => string.Concat(Enumerable.Repeat(".23456789\r\n", Math.Max(1, length / 11)));

    private static MailKitTransport Create(SmtpSink sink, Action<MailKitOptions>? configure = null, Action<SmtpOptions>? smtp = null)
    {
        var options = new MailKitOptions();
        configure?.Invoke(options);
        return new MailKitTransport(SmtpTesting.OptionsFor(sink, smtp), options, SmtpTesting.Guard("127.0.0.0/8"), TimeProvider.System);
    }

    /// <summary>What DNS would answer.</summary>
    private sealed class KeyOf(RSA rsa) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            (AsymmetricKeyParameter)new PemReader(new StringReader(rsa.ExportSubjectPublicKeyInfoPem())).ReadObject();

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
