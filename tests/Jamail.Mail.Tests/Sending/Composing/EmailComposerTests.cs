using System.Globalization;
using System.Text;

namespace Jamail.Mail.Tests.Sending;

public sealed class EmailComposerTests
{
    internal static readonly EmailContent Content = new()
    {
        MessageId = "jm.0195a1b2c3d47e5f8a9b0c1d2e3f4a5b@mail.example.org",
        From = new EmailAddress("shop@example.org", "The Shop"),
        To = new EmailAddress("anna@example.com"),
        Subject = "Your order",
        Html = "<p>Hello Anna</p>",
        Text = "Hello Anna",
        Date = new DateTimeOffset(2026, 11, 22, 19, 4, 5, TimeSpan.FromHours(2)),
    };

    [Fact]
    public void A_message_has_headers_and_both_parts()
    {
        var mail = Compose(Content);
        Assert.Equal(
            """
            Message-ID: <jm.0195a1b2c3d47e5f8a9b0c1d2e3f4a5b@mail.example.org>
            Date: Sun, 22 Nov 2026 17:04:05 +0000
            From: The Shop <shop@example.org>
            To: anna@example.com
            Subject: Your order
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            MIME-Version: 1.0
            Content-Type: multipart/alternative;
             boundary="B"

            --B
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            Hello Anna

            --B
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: 7bit

            <p>Hello Anna</p>

            --B--

            """.ReplaceLineEndings("\r\n"),
            mail.Replace(BoundaryOf(mail), "B", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_that_was_wrapped_says_so_and_nothing_in_it_reads_like_a_quote()
    {
        var text = HtmlText.Of($"<p>{string.Join(' ', Enumerable.Repeat("wörd", 40))}</p><p>&gt; no quote</p><p>From here</p>");

        var parts = Compose(Content with { Text = text }).Split($"--{BoundaryOf(Compose(Content))}\r\n")[1];
        var plain = Compose(Content with { Text = string.Concat(text.Select(c => c == 'ö' ? 'o' : c)) });

        Assert.StartsWith("Content-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n", parts, StringComparison.Ordinal);
        Assert.Contains("=20\r\n", parts, StringComparison.Ordinal);
        Assert.Contains("format=flowed\r\nContent-Transfer-Encoding: 7bit\r\n", plain, StringComparison.Ordinal);
        Assert.Contains("\r\n > no quote\r\n\r\n From here\r\n", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("format=flowed", Compose(Content with { Text = "> mine\nFrom here" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_machines_culture_does_not_matter(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        var expected = Compose(Content);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Compose(Content));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Equal_content_gives_equal_bytes_and_another_message_another_boundary()
    {
        var composer = new EmailComposer();
        Assert.Equal(composer.Compose(Content).Content.ToArray(), composer.Compose(Content).Content.ToArray());
        Assert.NotEqual(BoundaryOf(Compose(Content)), BoundaryOf(Compose(Content with { MessageId = "other@example.org" })));
    }

    [Fact]
    public void Without_a_text_there_is_one_part()
    {
        var mail = Compose(Content with { Text = null });
        Assert.Contains("\r\nContent-Type: text/html; charset=utf-8\r\n", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("multipart", mail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ihre Bestellung ist unterwegs – vielen Dank für Ihr Vertrauen und bis bald in unserem Geschäft")]
    [InlineData("注文が発送されました。お買い上げいただき誠にありがとうございます。またのご利用をお待ちしております。")]
    [InlineData("🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉")]
    [InlineData("plain but long enough that it has to be folded somewhere because a line holds at most 76 characters")]
    [InlineData("=?utf-8?B?SGVsbG8=?= is no encoded word of ours")]
    [InlineData(" leading and trailing ")]
    [InlineData("double  space and\ttab")]
    [InlineData("averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongword")]
    public void Every_subject_can_be_read_again_and_no_line_is_long(string subject)
    {
        var mail = new EmailComposer().Compose(Content with { Subject = subject });

        Assert.Equal(subject, MimeHeaderReader.Read(mail.Content.Span)["Subject"]);
        var text = Encoding.UTF8.GetString(mail.Content.Span);
        Assert.True(Ascii.IsValid(text));
        Assert.All(text.Split("\r\n").TakeWhile(line => line.Length > 0), line => Assert.InRange(line.Length, 1, 78));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("The Shop", "The Shop <shop@example.org>")]
    [InlineData("Shop, The", "\"Shop, The\" <shop@example.org>")]
    [InlineData("The \"Best\" Shop", "\"The \\\"Best\\\" Shop\" <shop@example.org>")]
    [InlineData("evil@example.com", "\"evil@example.com\" <shop@example.org>")]
    public void Display_names_are_quoted_where_they_must_be(string name, string expected) =>
        Assert.Contains($"\r\nFrom: {expected}\r\n", Compose(Content with { From = new EmailAddress("shop@example.org", name) }), StringComparison.Ordinal);

    [Fact]
    public void Names_and_domains_beyond_ASCII_are_encoded()
    {
        var mail = new EmailComposer().Compose(Content with
        {
            From = new EmailAddress("shop@bücher.example", "Bücher & Söhne"),
            To = new EmailAddress("Anna@BÜCHER.example"),
        });

        Assert.Equal("shop@xn--bcher-kva.example", mail.EnvelopeFrom);
        Assert.Equal("Anna@xn--bcher-kva.example", mail.EnvelopeTo);
        Assert.False(mail.NeedsUtf8);
        Assert.True(Ascii.IsValid(mail.Content.Span));
        Assert.Equal("Bücher & Söhne <shop@xn--bcher-kva.example>", MimeHeaderReader.Read(mail.Content.Span)["From"]);
    }

    [Fact]
    public void A_local_part_beyond_ASCII_needs_SMTPUTF8()
    {
        var mail = new EmailComposer().Compose(Content with { To = new EmailAddress("ännä@bücher.example") });
        Assert.True(mail.NeedsUtf8);
        Assert.Equal("ännä@xn--bcher-kva.example", mail.EnvelopeTo);
    }

    [Theory]
    [InlineData("a line with trailing space \nüber = ok\n.\nFrom here")]
    [InlineData("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字")]
    [InlineData("mixed\r\nline\rends\nä")]
    public void Bodies_survive_their_encoding(string body)
    {
        var long500 = body + "\n" + new string('x', 2000) + " end";
        foreach (var text in new[] { body, long500 })
        {
            var mail = Compose(Content with { Text = null, Html = text });
            var (headers, encoded) = (mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)], mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
            Assert.All(mail.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
            Assert.Equal(text.ReplaceLineEndings("\r\n"), DecodeBody(headers, encoded));
        }
    }

    [Theory]
    [InlineData("a\r\nBcc: evil@example.com")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void No_value_can_begin_a_header(string value)
    {
        var composer = new EmailComposer();
        Assert.Throws<FormatException>(() => composer.Compose(Content with { Subject = value }));
        Assert.Throws<FormatException>(() => composer.Compose(Content with { From = new EmailAddress("shop@example.org", value) }));
        Assert.Throws<FormatException>(() => composer.Compose(Content with { To = new EmailAddress(value + "@example.com") }));
        Assert.Throws<FormatException>(() => composer.Compose(Content with { MessageId = value + "@example.com" }));
        Assert.Throws<FormatException>(() => composer.Compose(Content with { Headers = new Dictionary<string, string> { ["X-A"] = value } }));
        Assert.Throws<FormatException>(() => composer.Compose(Content with { Headers = new Dictionary<string, string> { ["X" + value] = "x" } }));
    }

    [Theory]
    [InlineData("Bcc")]
    [InlineData("bcc")]
    [InlineData("Content-Type")]
    [InlineData("DKIM-Signature")]
    [InlineData("X Space")]
    [InlineData("")]
    public void Reserved_and_odd_header_names_are_refused(string name) =>
        Assert.Throws<FormatException>(() => new EmailComposer().Compose(Content with { Headers = new Dictionary<string, string> { [name] = "x" } }));

    [Fact]
    public void Own_headers_are_written_and_may_replace_the_automatic_ones()
    {
        var mail = Compose(Content with { Headers = new Dictionary<string, string> { ["X-Order"] = "42 ü", ["auto-submitted"] = "no" } });
        Assert.Equal("42 ü", MimeHeaderReader.Read(Encoding.UTF8.GetBytes(mail))["X-Order"]);
        Assert.Contains("\r\nauto-submitted: no\r\n", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("auto-generated", mail, StringComparison.Ordinal);
    }

    private static string Compose(EmailContent content) => Encoding.UTF8.GetString(new EmailComposer().Compose(content).Content.Span);

    private static string BoundaryOf(string mail)
    {
        var start = mail.IndexOf("boundary=\"", StringComparison.Ordinal) + 10;
        return mail[start..mail.IndexOf('"', start)];
    }

    private static string DecodeBody(string headers, string body)
    {
        if (headers.Contains("base64", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal)));
        }

        Assert.EndsWith("\r\n", body, StringComparison.Ordinal);
        body = body[..^2];
        if (headers.Contains("7bit", StringComparison.Ordinal))
        {
            return body;
        }

        Assert.All(body.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        var bytes = new List<byte>();
        var joined = body.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(byte.Parse(joined.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add((byte)joined[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
