using Jamail.Mail.Tests.Support;
using Jamail.TestSupport;

namespace Jamail.Mail.Tests.Lists;

public class UnsubscribeFooterTests
{
    private const string Link = "https://mail.example.com/u/token?a=1&b=2";
    private const string Shown = "https://mail.example.com/u/token?a=1&amp;b=2";

    [Theory]
    [InlineData("<a href=\"jamail:unsubscribe\">Leave</a>", $"<a href=\"{Shown}\">Leave</a>")]
    [InlineData("<a href='JAMAIL:unsubscribe'>Leave</a></body>", $"<a href='{Shown}'>Leave</a></body>")]
    [InlineData("<body><p>x</p></body></html>", $"<body><p>x</p><p><a href=\"{Shown}\">Off &amp; out</a></p></body></html>")]
    [InlineData("<p>x</p>", $"<p>x</p><p><a href=\"{Shown}\">Off &amp; out</a></p>")]
    [InlineData("<p>x</p></html>", $"<p>x</p><p><a href=\"{Shown}\">Off &amp; out</a></p></html>")]
    [InlineData("<body title=\"</body>\"><!-- </body> --><p>&lt;/body&gt;</p></BODY><style></body></style>", $"<body title=\"</body>\"><!-- </body> --><p>&lt;/body&gt;</p><p><a href=\"{Shown}\">Off &amp; out</a></p></BODY><style></body></style>")]
    public void It_stands_where_the_author_put_it_or_at_the_end_of_the_body(string html, string expected) =>
        Assert.Equal(expected, UnsubscribeFooter.InHtml(html, Link, "Off & out"));

    [Fact]
    public void Text_has_it_in_the_same_way_and_without_words_nothing_is_added()
    {
        Assert.Equal($"Leave ({Link})", UnsubscribeFooter.InText("Leave (jamail:unsubscribe)", Link, "Off"));
        Assert.Equal($"x\n\nOff: {Link}", UnsubscribeFooter.InText("x\n", Link, "Off"));
        Assert.Equal("x\n", UnsubscribeFooter.InText("x\n", Link, null));
        Assert.Equal("<p>x</p>", UnsubscribeFooter.InHtml("<p>x</p>", Link, null));
    }

    [Fact]
    public async Task Mails_of_a_category_that_offers_it_carry_the_recipients_own_link()
    {
        await using var system = await MailSystem.CreateAsync(Store.Sqlite);
        await using var host = await system.StartHostAsync(settings => settings with
        {
            More = new Dictionary<string, string?> { ["Jamail:Mail:PublicUrl"] = "https://mail.example.com", ["Jamail:Mail:UnsubscribeFooter"] = "Unsubscribe" },
        });
        async Task<SinkMessage> SendAsync(string html, string category)
        {
            var id = await host.Mailer.SendAsync(MailSystem.Mail() with { Html = html, Category = category });
            var entry = await host.WaitForAsync(id, EmailStatus.Sent);
            return system.Sink.Messages.Single(message => message.MessageId == $"<{entry.MessageId}>");
        }

        var placed = await SendAsync("<p>Hi <a href=\"jamail:unsubscribe\">leave</a></p>", "bulk");
        var added = await SendAsync("<p>Hi</p>", "bulk");
        var plain = await SendAsync("<p>Hi</p>", "default");

        var link = placed.Header("List-Unsubscribe")!.Trim('<', '>');
        Assert.Contains($"<p>Hi <a href=\"{link}\">leave</a></p>", placed.Text, StringComparison.Ordinal);
        Assert.Contains($"Hi leave ({link})", placed.Text, StringComparison.Ordinal);
        Assert.Contains($"<p>Hi</p><p><a href=\"{link}\">Unsubscribe</a></p>", added.Text, StringComparison.Ordinal);
        Assert.Contains($"Hi\r\n\r\nUnsubscribe: {link}", added.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nsubscribe", plain.Text, StringComparison.Ordinal);
    }
}
