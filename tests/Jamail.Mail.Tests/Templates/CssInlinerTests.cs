using Jamail.Queueing;

namespace Jamail.Mail.Tests.Templates;

public class CssInlinerTests
{
    [Theory]
    [InlineData("<style>p{color:red}</style><p>x</p>", "<p style=\"color: red\">x</p>")]
    [InlineData("<style>p{color:red}#a{color:blue}.b{color:green}</style><p id=\"a\" class='b'>x</p>", "<p style=\"color: blue\" id=\"a\" class='b'>x</p>")]
    [InlineData("<style>p{color:red!important}#a{color:blue}</style><p id=\"a\">x</p>", "<p style=\"color: red\" id=\"a\">x</p>")]
    [InlineData("<style>p{color:red;margin:0}</style><p style=\"color:black\">x</p>", "<p style=\"color: red; margin: 0; color:black\">x</p>")]
    [InlineData("<style>td{font-family:\"A b\",serif}</style><table><tr><td>x</td></tr></table>", "<td style=\"font-family: 'A b',serif\">x</td></tr></table>")]
    [InlineData("<style>tr{color:red}</style><table>{{#each rows}}<tr><td>{{this}}</td></tr>{{/each}}</table>", "<table>{{#each rows}}<tr style=\"color: red\"><td>{{this}}</td></tr>{{/each}}</table>")]
    [InlineData("<style>a{color:red}</style><a href=\"https://e.example/{{id}}?x={{#if a}}1{{/if}}\">{{name}}</a>", "<a style=\"color: red\" href=\"https://e.example/{{id}}?x={{#if a}}1{{/if}}\">{{name}}</a>")]
    [InlineData("<style>h1, .x{color:red}</style><h1>a</h1><p class=x>b</p>", "<h1 style=\"color: red\">a</h1><p style=\"color: red\" class=x>b</p>")]
    [InlineData("<style>p{background:url(data:image/png;base64,AA==)}</style><p>x</p>", "<p style=\"background: url(data:image/png;base64,AA==)\">x</p>")]
    public void A_rule_goes_into_the_elements_it_is_for_and_nothing_else_changes(string html, string expected)
    {
        var problems = new List<InputProblem>();

        var inlined = CssInliner.Inline(html, "html", problems);

        Assert.Empty(problems);
        Assert.EndsWith(expected, inlined, StringComparison.Ordinal);
    }

    [Fact]
    public void Media_queries_and_states_stay_in_the_sheet()
    {
        var inlined = CssInliner.Inline(
            "<style>p{color:red} @media (max-width:600px){p{color:blue}} a:hover{color:green}</style><p>{{x}}</p>", "html", []);

        Assert.Equal("<style>@media (max-width:600px){p{color:blue}}\na:hover{color:green}</style><p style=\"color: red\">{{x}}</p>", inlined);
    }

    [Fact]
    public void A_sheet_with_template_tags_stays_as_it_is()
    {
        const string Html = "<style>p{color:{{brand}}}</style><p>x</p>";
        Assert.Equal(Html, CssInliner.Inline(Html, "html", []));
    }

    [Fact]
    public void A_tag_between_attributes_is_refused_with_its_place()
    {
        var problems = new List<InputProblem>();

        Assert.Null(CssInliner.Inline("<style>p{color:red}</style>\n<p {{#if a}}class=\"x\"{{/if}}>x</p>", "html", problems));
        Assert.Equal((2, 4), (problems[0].Line, problems[0].Column));
    }
}
