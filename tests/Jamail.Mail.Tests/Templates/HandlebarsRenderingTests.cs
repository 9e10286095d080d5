using System.Globalization;
using System.Text.Json;

namespace Jamail.Mail.Tests.Templates;

public sealed class HandlebarsRenderingTests
{
    private const string Data = """
        {"name":"Anna <b> & \"Co\"","n":1.5,"big":1234567,"yes":true,"no":false,"empty":"","zero":0,"nothing":null,"none":[],
         "list":[{"x":1},{"x":2}],"order":{"id":"A-1","items":[{"name":"Tea","price":2.5},{"name":"Cup","price":12}]},
         "tags":["a","b"],"first-name":"Anna","each":"reserved","1":"digit","länge":"ü","bell":"a\u0007b\u0000c\nd","deep":{"a":{"b":{"c":"d"}}}}
        """;

    [Theory]
    [InlineData("Hello {{name}}", "Hello Anna &lt;b&gt; &amp; &quot;Co&quot;")]
    [InlineData("{{{name}}}", "Anna <b> & \"Co\"")]
    [InlineData("{{n}} {{big}} {{yes}} {{no}} {{zero}}|{{nothing}}|{{empty}}", "1.5 1234567 true false 0||")]
    [InlineData("{{#each order.items}}{{@index}}:{{name}}={{price}}{{#unless @last}}, {{/unless}}{{/each}}", "0:Tea=2.5, 1:Cup=12")]
    [InlineData("{{#each order.items}}{{../order.id}} {{@root.order.id}} {{/each}}", "A-1 A-1 A-1 A-1 ")]
    [InlineData("{{#each order.items as |item i|}}{{i}}{{item.name}} {{/each}}", "0Tea 1Cup ")]
    [InlineData("{{#each list}}{{#each ../list}}{{x}}{{../x}} {{/each}}{{/each}}", "11 21 12 22 ")]
    [InlineData("{{#each deep}}{{@key}}{{#with b}}{{c}}{{/with}}{{/each}}", "ad")]
    [InlineData("{{#each tags}}{{this}}{{.}}{{/each}}", "aabb")]
    [InlineData("{{#with order}}{{id}}{{#each items}}{{../id}}{{/each}}{{/with}}", "A-1A-1A-1")]
    [InlineData("{{#with order as |o|}}{{o.id}}{{/with}}", "A-1")]
    [InlineData("{{#with order}}{{#each ../none}}{{else}}{{id}}{{/each}}{{/with}}", "A-1")]
    [InlineData("{{#each none}}x{{else}}nothing{{/each}}{{#with nothing}}x{{else}}nobody{{/with}}", "nothingnobody")]
    [InlineData("{{#if no}}1{{else if zero}}2{{else if yes}}3{{else}}4{{/if}}", "3")]
    [InlineData("{{#if empty}}a{{else}}b{{/if}}{{#if none}}a{{else}}b{{/if}}{{#if list}}a{{/if}}{{#unless nothing}}u{{/unless}}", "bbau")]
    [InlineData("{{list.0.x}}{{list.[1].x}}{{first-name}}{{this.[each]}}{{this.[1]}}{{länge}}{{order/id}}{{./n}}", "12AnnareserveddigitüA-11.5")]
    [InlineData("a\n{{#if yes}}\nb\n{{/if}}\nc", "a\nb\nc")]
    [InlineData("a {{~n~}} b{{! comment }}{{!-- {{x}} --}}c", "a1.5bc")]
    [InlineData("\\{{name}} { {{n}} }", "{{name}} { 1.5 }")]
    [InlineData("{{deep.a.b.c}}", "d")]
    [InlineData("{{bell}}", "abc\nd")]
    [InlineData("?q={{url_query name}}&n={{url_query n}}{{url_query yes}}{{url_query nothing}}{{~url_query order.id}}", "?q=Anna%20%3Cb%3E%20%26%20%22Co%22&n=1.5trueA-1")]
    [InlineData("{{#each tags}}{{url_query this}}{{/each}}{{#if länge}}{{url_query länge}}{{/if}}{{#if nobody}}{{url_query nobody}}{{/if}}", "ab%C3%BC")]
    public void A_template_renders_as_Handlebars_does(string source, string expected) =>
        Assert.Equal(expected, Render(source).Text);

    [Fact]
    public void Plain_text_and_subjects_are_not_escaped_and_carry_no_control_characters()
    {
        Assert.Equal("Anna <b> & \"Co\" true abc\nd", Render("{{name}} {{yes}} {{bell}}", kind: TemplateKind.Text).Text);
        Assert.Equal("abc\nd", Render("{{{bell}}}", kind: TemplateKind.Text).Text);
    }

    [Fact]
    public void A_script_in_a_variable_is_escaped_in_html()
    {
        var result = Render("<p>{{x}}</p>", """{"x":"<script>alert('1')</script>"}""");
        Assert.Equal("<p>&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;</p>", result.Text);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_machines_culture_does_not_matter(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("1.5 1234567 true", Render("{{n}} {{big}} {{yes}}").Text);
            Assert.Equal("I ı", Render("{{INFO}} {{info}}", """{"INFO":"I","info":"ı"}""").Text);
            Assert.Equal("1234.5 -0.25 1E+21", Render("{{a}} {{b}} {{c}}", """{"a":1234.5,"b":-0.25,"c":1e21}""").Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void All_missing_variables_are_told_at_once_and_in_full()
    {
        var result = Render(
            "{{nam}} {{order.total}} {{#each order.items}}{{name}} {{prise}}{{../nam}}{{/each}} {{#each lines}}{{text}}{{/each}} {{customer.address.city}}");

        Assert.Null(result.Text);
        Assert.Null(result.Failure);
        Assert.Equal(["nam", "order.total", "order.items[].prise", "lines", "lines[].text", "customer.address.city"], result.UnknownPaths);
    }

    [Theory]
    [InlineData("{{#if coupon}}{{coupon.code}}{{/if}}ok", "ok")]
    [InlineData("{{#unless vip}}no {{vip}}{{/unless}}", "no ")]
    [InlineData("{{#if a.b.c}}x{{else}}y{{/if}}", "y")]
    [InlineData("{{#if order.items}}{{#each order.items}}{{name}}{{/each}}{{/if}}", "TeaCup")]
    [InlineData("{{#if lines}}x{{else}}{{#each lines}}{{text}}{{else}}none{{/each}}{{/if}}", "none")]
    [InlineData("{{#each order.items}}{{#if discount}}{{discount}}{{/if}}{{name}}{{/each}}", "TeaCup")]
    public void What_an_if_asks_for_may_be_missing(string source, string expected) => Assert.Equal(expected, Render(source).Text);

    [Fact]
    public void Variables_that_no_tag_uses_are_ignored() => Assert.Equal("x", Render("x", """{"a":1,"b":{"c":[1,2]}}""").Text);

    [Fact]
    public void Null_is_a_value_and_not_missing() => Assert.Equal("||", Render("|{{x}}|", """{"x":null}""").Text);

    [Theory]
    [InlineData("{{order}}", "object")]
    [InlineData("{{list}}", "list")]
    [InlineData("{{#each name}}x{{/each}}", "neither a list nor an object")]
    [InlineData("{{#each n}}x{{/each}}", "neither a list nor an object")]
    public void Data_of_the_wrong_shape_is_an_error_that_says_so(string source, string expected) =>
        Assert.Contains(expected, Render(source).Failure, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{name.Length}}", "name.Length")]
    [InlineData("{{list.Count}}", "list.Count")]
    [InlineData("{{order.Keys}}", "order.Keys")]
    [InlineData("{{n.GetType}}", "n.GetType")]
    [InlineData("{{../name}}", "..")]
    public void Members_of_dotnet_types_cannot_be_reached(string source, string path) =>
        Assert.StartsWith(path, Assert.Single(Render(source).UnknownPaths), StringComparison.Ordinal);

    [Fact]
    public void Variables_must_be_an_object() =>
        Assert.Contains("must be a JSON object", Render("{{x}}", "[1]").Failure, StringComparison.Ordinal);

    [Fact]
    public void The_variables_of_a_template_are_listed()
    {
        var parsed = new HandlebarsEngine(TimeProvider.System).Parse(
            "{{name}}{{#each order.items}}{{price}}{{../name}}{{#with maker}}{{city}}{{/with}}{{/each}}{{#if vip}}{{@root.level}}{{/if}}", TemplateKind.Html);
        Assert.Equal(
            ["name", "order.items", "order.items[].price", "order.items[].maker", "order.items[].maker.city", "vip", "level"],
            parsed.Template!.Paths);
    }

    [Fact]
    public void One_template_renders_on_many_threads()
    {
        var engine = new HandlebarsEngine(TimeProvider.System);
        var template = engine.Parse("{{#each list}}{{x}}{{/each}} {{who}}", TemplateKind.Html).Template!;
        Parallel.For(0, 500, i =>
        {
            using var data = JsonDocument.Parse($$"""{"who":{{i}},"list":[{"x":1},{"x":2}]}""");
            Assert.Equal($"12 {i}", engine.Render(template, data.RootElement).Text);
        });
    }

    private static TemplateRendering Render(string source, string data = Data, TemplateKind kind = TemplateKind.Html)
    {
        var engine = new HandlebarsEngine(TimeProvider.System);
        var parsed = engine.Parse(source, kind);
        Assert.Empty(parsed.Problems);
        using var document = JsonDocument.Parse(data);
        return engine.Render(parsed.Template!, document.RootElement);
    }
}
