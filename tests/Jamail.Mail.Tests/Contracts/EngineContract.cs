using System.Globalization;
using System.Text.Json;

namespace Jamail.Mail.Tests.Contracts;

/// <summary>What every template engine keeps.</summary>
public abstract class EngineContract : IClassFixture<ContractCount>
{
    private readonly ITemplateEngine _engine;
    private readonly EngineSources _sources;

    private protected EngineContract(ITemplateEngine engine, string implementation, EngineSources sources, ContractCount count)
    {
        (_engine, _sources) = (engine, sources);
        count.Add("engine", implementation);
    }

    [Fact]
    public void A_value_is_escaped_in_HTML_and_as_it_is_in_text()
    {
        const string Data = """{"x":"<script>alert(\"1\") & more</script>"}""";

        Assert.DoesNotContain("<script>", Render(_sources.Output, Data).Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&quot;1&quot;) &amp; more", Render(_sources.Output, Data).Text, StringComparison.Ordinal);
        Assert.Equal("<script>alert(\"1\") & more</script>", Render(_sources.Output, Data, TemplateKind.Text).Text);
        Assert.Equal("<script>alert(\"1\") & more</script>", Render(_sources.Raw, Data).Text);
    }

    [Fact]
    public void Control_characters_never_get_out() =>
        Assert.Equal("abc\nd", Render(_sources.Output, """{"x":"a\u0007b\u0000c\nd"}""", TemplateKind.Text).Text);

    [Fact]
    public void Loops_and_choices_follow_the_data()
    {
        Assert.Equal("Tea=2.5;Cup=12;", Render(_sources.Loop, """{"order":{"items":[{"name":"Tea","price":2.5},{"name":"Cup","price":12}]}}""").Text);
        Assert.Equal("", Render(_sources.Loop, """{"order":{"items":[]}}""").Text);
        Assert.Equal("yes", Render(_sources.Choice, """{"coupon":true}""").Text);
        Assert.Equal("no", Render(_sources.Choice, """{"coupon":false}""").Text);
    }

    [Fact]
    public void What_is_only_asked_for_may_be_missing() => Assert.Equal("no", Render(_sources.Choice, "{}").Text);

    [Fact]
    public void Every_missing_variable_is_told_at_once_and_in_full()
    {
        var result = Render(_sources.Missing, """{"order":{}}""");

        Assert.Null(result.Text);
        Assert.Null(result.Failure);
        Assert.Equal(["customer.address.city", "nam", "order.total"], result.UnknownPaths.Order(StringComparer.Ordinal));
        Assert.Equal(["order.items[].prise"], Render(_sources.MissingInLoop, """{"order":{"items":[{"price":1},{"price":2}]}}""").UnknownPaths);
    }

    [Fact]
    public void The_variables_of_a_template_are_listed()
    {
        Assert.Equal(["customer.address.city", "nam", "order.total"], Parse(_sources.Missing).Paths.Order(StringComparer.Ordinal));
        Assert.Contains("order.items[].prise", Parse(_sources.MissingInLoop).Paths);
    }

    [Fact]
    public void Null_is_a_value_and_not_missing() => Assert.Equal("", Render(_sources.Output, """{"x":null}""").Text);

    [Fact]
    public void An_object_where_a_text_is_needed_is_an_error_that_says_so() =>
        Assert.Contains("object", Render(_sources.WholeObject, """{"order":{"id":1}}""").Failure, StringComparison.Ordinal);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_machines_culture_does_not_matter(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("1234.5 true", Render(_sources.Values, """{"n":1234.5,"yes":true}""").Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_source_that_cannot_be_read_is_told_with_its_line()
    {
        var problems = _engine.Parse(_sources.Unclosed, TemplateKind.Html).Problems;

        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.True(problem.Line >= 1 && problem.Column >= 1 && problem.Message.Length > 0));
        Assert.Contains(problems, problem => problem.Line >= 2);
        Assert.Contains("256 KiB", Assert.Single(_engine.Parse(new string('x', (256 * 1024) + 1), TemplateKind.Html).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_within_loops_are_stopped()
    {
        var data = $$"""{"list":[{{string.Join(',', Enumerable.Range(0, 900))}}]}""";
        AssertCheap(() => Assert.Contains("stopped", Render(_sources.LoopsInLoops, data).Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Output_ends_at_one_MiB()
    {
        var data = $$"""{"text":"{{new string('x', 200_000)}}","list":[1,2,3,4,5,6,7,8,9,10]}""";
        AssertCheap(() => Assert.Contains("longer than", Render(_sources.MuchOutput, data).Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Nesting_without_end_is_an_error_and_no_crash() =>
        AssertCheap(() => Assert.NotEmpty(_engine.Parse(_sources.Deep, TemplateKind.Html).Problems));

    [Fact]
    public void What_grows_or_recurses_without_bounds_is_refused_or_stopped()
    {
        foreach (var bomb in _sources.Bombs)
        {
            AssertCheap(() =>
            {
                var parse = _engine.Parse(bomb, TemplateKind.Html);
                Assert.True(parse.Problems.Count > 0 || Render(bomb, """{"x":"aaaaaaaaaa","list":[1,2,3]}""").Text is null, bomb);
            });
        }
    }

    [Fact]
    public void There_is_no_way_to_what_is_no_data()
    {
        foreach (var source in _sources.Escapes)
        {
            var parse = _engine.Parse(source, TemplateKind.Html);
            Assert.True(parse.Problems.Count > 0 || Render(source, """{"x":"a","list":[1]}""").Text is null, source);
        }
    }

    [Fact]
    public void A_caller_may_stop_rendering()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        using var data = JsonDocument.Parse("""{"x":1}""");
        Assert.ThrowsAny<OperationCanceledException>(() => _engine.Render(Parse(_sources.Output), data.RootElement, cancel.Token));
    }

    [Fact]
    public void One_template_renders_on_many_threads()
    {
        var template = Parse(_sources.Loop);
        Parallel.For(0, 200, i =>
        {
            using var data = JsonDocument.Parse($$$"""{"order":{"items":[{"name":"n{{{i}}}","price":{{{i}}} }]}}""");
            Assert.Equal($"n{i}={i};", _engine.Render(template, data.RootElement).Text);
        });
    }

    private IParsedTemplate Parse(string source)
    {
        var parse = _engine.Parse(source, TemplateKind.Html);
        Assert.Empty(parse.Problems);
        return parse.Template!;
    }

    private TemplateRendering Render(string source, string data, TemplateKind kind = TemplateKind.Html)
    {
        var parse = _engine.Parse(source, kind);
        Assert.Empty(parse.Problems);
        using var document = JsonDocument.Parse(data);
        return _engine.Render(parse.Template!, document.RootElement);
    }

    /// <summary>The bound in memory is 64 MiB. That in time shows in the outcome: a run that is not stopped does not end.</summary>
    private static void AssertCheap(Action action)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64 * 1024 * 1024);
    }
}
