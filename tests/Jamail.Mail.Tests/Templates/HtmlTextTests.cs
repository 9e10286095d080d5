namespace Jamail.Mail.Tests.Templates;

public class HtmlTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("<p>See <a href=\"https://example.com/x\">the order</a>.</p>", "See the order (https://example.com/x).")]
    [InlineData("<a href=\"https://example.com\">https://example.com</a>", "https://example.com")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "- a\n- b")]
    [InlineData("<ol><li>a</li><li>b<ol start=\"7\"><li>c</li></ol></li><li>d</li></ol>", "1. a\n2. b\n7. c\n\n3. d")]
    [InlineData("<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>3</td></tr></table>", "Item Price\nTea 3")]
    [InlineData("<img src=\"a.png\" alt=\"The shop\"><p>Hi</p>", "The shop\nHi")]
    [InlineData("one <br> two&nbsp;<br>three", "one\ntwo\nthree")]
    [InlineData("<style>p{}</style><script>x</script><p>Hi &amp; welcome</p>", "Hi & welcome")]
    public void HTML_becomes_text(string html, string text) => Assert.Equal(text, HtmlText.Of(html));

    [Theory]
    [InlineData("<div style=\"display:none;max-height:0\">Preheader &zwnj;&nbsp;</div>")]
    [InlineData("<span style=\"color:#fff; DISPLAY : none !important\">Preheader <b>deep</b></span>")]
    [InlineData("<p hidden>Preheader</p>")]
    [InlineData("<div style=\"visibility:hidden\">Preheader</div>")]
    [InlineData("<div style=\"mso-hide:all\">Preheader</div>")]
    public void What_is_hidden_such_as_a_preheader_is_left_out(string hidden) =>
        Assert.Equal("Hello", HtmlText.Of($"<body>{hidden}<p style=\"color:red\">Hello</p></body>"));

    [Fact]
    public void Long_lines_are_wrapped_at_78_and_can_be_put_together_again()
    {
        var paragraph = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{i}"));
        var text = HtmlText.Of($"<p>{paragraph}</p><p>Short.</p><p>{paragraph}</p>");
        var lines = text.Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal($"{paragraph}\n\nShort.\n\n{paragraph}", text.Replace(" \n", " ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(78, 1)]
    [InlineData(79, 2)]
    public void A_line_of_78_stays_whole(int length, int lines) =>
        Assert.Equal(lines, HtmlText.Of($"<p>{new string('a', 40)} {new string('b', length - 41)}</p>").Split('\n').Length);

    [Fact]
    public void A_word_longer_than_a_line_stays_whole_on_a_line_of_its_own()
    {
        var link = "https://example.com/" + new string('x', 100);

        Assert.Equal(["Follow ", $"{link} ", "to confirm."], HtmlText.Of($"<p>Follow {link} to confirm.</p>").Split('\n'));
        Assert.Equal([link], HtmlText.Of($"<p>{link}</p>").Split('\n'));
    }

    [Fact]
    public void A_text_that_somebody_wrote_is_never_taken_for_a_flowed_one()
    {
        Assert.Equal("a\nb\n-- \nAnna", FlowedText.Fixed("a  \r\nb \n-- \nAnna "));
        Assert.Equal("a\r\nb", FlowedText.Fixed("a\r\nb"));
        Assert.False(FlowedText.IsFlowed(FlowedText.Fixed("a \n-- \nb ").Split('\n')));
    }

    [Fact]
    public void Sixty_thousand_nested_or_listed_elements_take_no_long_time_and_no_deep_stack()
    {
        Assert.Equal("x", HtmlText.Of(string.Concat(Enumerable.Repeat("<div>", 30_000)) + "x"));
        Assert.EndsWith("\n20000. x", HtmlText.Of($"<ol>{string.Concat(Enumerable.Repeat("<li>x", 20_000))}</ol>"), StringComparison.Ordinal);
    }
}
