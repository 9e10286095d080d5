using System.Text.Json;

namespace Jamail.Mail.Tests.Templates;

/// <summary>Sources and data that mean harm end in an error: soon, in little memory, with the process alive.</summary>
public sealed class HandlebarsLimitTests
{
    [Theory]
    [InlineData("a\nbc {{#if x}}", 2, 4, "never closed")]
    [InlineData("{{#each x}}\n\n  {{/if}}", 3, 3, "line 1, column 1")]
    [InlineData("{{/if}}", 1, 1, "closes nothing")]
    [InlineData("x {{name", 1, 3, "never closed")]
    [InlineData("x {{{name}}", 1, 3, "never closed")]
    [InlineData("{{}}", 1, 1, "empty")]
    [InlineData("{{a {{b}}", 1, 1, "brace")]
    [InlineData("{{else}}", 1, 1, "no block")]
    [InlineData("{{#if a}}{{else}}{{else}}{{/if}}", 1, 18, "already")]
    [InlineData("{{> partial}}", 1, 1, "Partials")]
    [InlineData("{{#> layout}}{{/layout}}", 1, 1, "Partials")]
    [InlineData("{{#*inline \"a\"}}{{> a}}{{/inline}}", 1, 1, "Partials")]
    [InlineData("{{{{raw}}}}x{{{{/raw}}}}", 1, 1, "Raw blocks")]
    [InlineData("{{uppercase name}}", 1, 1, "no helper")]
    [InlineData("{{url_query}}", 1, 1, "exactly one variable")]
    [InlineData("{{url_query a b}}", 1, 1, "exactly one variable")]
    [InlineData("{{{url_query a}}}", 1, 1, "two braces")]
    [InlineData("{{#if (eq a b)}}{{/if}}", 1, 1, "exactly one variable")]
    [InlineData("{{lookup a 'b'}}", 1, 1, "not available")]
    [InlineData("{{log}}", 1, 1, "meaning of its own")]
    [InlineData("{{#list}}x{{/list}}", 1, 1, "{{#each list}}")]
    [InlineData("{{&name}}", 1, 1, "{{{name}}}")]
    [InlineData("{{^}}", 1, 1, "{{else}}")]
    [InlineData("{{a..b}}", 1, 1, "no variable")]
    [InlineData("{{a b=1}}", 1, 1, "no helper")]
    [InlineData("{{=<% %>=}}", 1, 1, "delimiters")]
    [InlineData("{{#if}}{{/if}}", 1, 1, "exactly one variable")]
    [InlineData("{{#each @key}}{{/each}}", 1, 1, "nothing to open")]
    public void What_cannot_be_read_is_told_with_line_and_column(string source, int line, int column, string message)
    {
        var parse = new HandlebarsEngine(TimeProvider.System).Parse(source, TemplateKind.Html);

        Assert.Null(parse.Template);
        Assert.Contains(parse.Problems, p => p.Line == line && p.Column == column && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var parse = new HandlebarsEngine(TimeProvider.System).Parse("{{> a}}\n{{b c}}\n{{#if d}}", TemplateKind.Html);
        Assert.Equal([(1, 1), (2, 1), (3, 1)], parse.Problems.Select(problem => (problem.Line, problem.Column)));
    }

    [Theory]
    [InlineData("{{#if x}}", "{{/if}}")]
    [InlineData("{{#each x}}", "{{/each}}")]
    [InlineData("{{#with x}}", "")]
    [InlineData("{{#if x}}{{else if x}}", "{{/if}}")]
    [InlineData("{{#if x}}a{{else}}", "{{/if}}")]
    public void Nesting_10_000_deep_is_an_error_even_on_a_small_stack(string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000));
        if (source.Length > 256 * 1024)
        {
            source = source[..(256 * 1024)];
        }

        OnSmallStack(() => AssertCheap(() => Assert.NotEmpty(Parse(source).Problems)));
    }

    [Fact]
    public void A_hundred_levels_are_allowed_even_on_a_small_stack()
    {
        var source = string.Concat(Enumerable.Repeat("{{#if x}}", 100)) + "deep" + string.Concat(Enumerable.Repeat("{{/if}}", 100));
        OnSmallStack(() => Assert.Equal("deep", Render(source, """{"x":true}""").Text));
    }

    [Fact]
    public void A_source_over_256_KiB_is_an_error_that_says_so()
    {
        Assert.Contains("256 KiB", Assert.Single(Parse(new string('x', (256 * 1024) + 1)).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("256 KiB", Assert.Single(Parse(new string('ü', (128 * 1024) + 1)).Problems).Message, StringComparison.Ordinal);
        Assert.Empty(Parse(new string('x', 256 * 1024)).Problems);
    }

    [Fact]
    public void Too_many_tags_are_an_error_at_once()
    {
        var source = string.Concat(Enumerable.Repeat("{{a}}", 50_000));
        AssertCheap(() => Assert.Contains("1000", Assert.Single(Parse(source).Problems).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{{#each @root.list}}{{#each @root.list}}{{#each @root.list}}{{#each @root.list}}x{{/each}}{{/each}}{{/each}}{{/each}}")]
    [InlineData("{{#each @root.list}}{{#each @root.list}}{{#each @root.list}}{{#each @root.list}}{{/each}}{{/each}}{{/each}}{{/each}}")]
    [InlineData("{{#each list as |a|}}{{#each @root.list as |b|}}{{#each @root.list as |c|}}{{a}}{{b}}{{c}}{{/each}}{{/each}}{{/each}}")]
    public void Loops_within_loops_are_stopped(string source)
    {
        var data = $$"""{"list":[{{string.Join(',', Enumerable.Range(0, 1000))}}]}""";
        AssertCheap(() => Assert.Contains("stopped", Render(source, data).Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void A_hundred_nested_loops_are_stopped()
    {
        var source = string.Concat(Enumerable.Repeat("{{#each @root.list}}", 100)) + "x" + string.Concat(Enumerable.Repeat("{{/each}}", 100));
        AssertCheap(() => Assert.Contains("stopped", Render(source, """{"list":[1,2]}""").Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Output_stops_at_one_MiB()
    {
        var data = $$"""{"text":"{{new string('x', 200_000)}}","list":[1,2,3,4,5,6,7,8,9,10]}""";
        AssertCheap(() => Assert.Contains("longer than", Render("{{#each list}}{{@root.text}}{{/each}}", data).Failure, StringComparison.Ordinal));
        Assert.Equal(1_000_000, Render("{{#each list}}{{#if @root.text}}{{@root.half}}{{/if}}{{/each}}",
            $$"""{"text":1,"half":"{{new string('x', 100_000)}}","list":[1,2,3,4,5,6,7,8,9,10]}""").Text!.Length);
    }

    [Fact]
    public void Escaping_cannot_multiply_output_past_the_limit()
    {
        var data = $$"""{"text":"{{new string('\'', 240_000)}}"}""";
        AssertCheap(() => Assert.Contains("longer than", Render("{{text}}", data).Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void A_caller_may_stop_rendering()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        var engine = new HandlebarsEngine(TimeProvider.System);
        var template = engine.Parse("{{a}}", TemplateKind.Html).Template!;
        using var data = JsonDocument.Parse("""{"a":1}""");
        Assert.ThrowsAny<OperationCanceledException>(() => engine.Render(template, data.RootElement, cancel.Token));
    }

    private static TemplateParse Parse(string source) => new HandlebarsEngine(TimeProvider.System).Parse(source, TemplateKind.Html);

    private static TemplateRendering Render(string source, string data)
    {
        var engine = new HandlebarsEngine(TimeProvider.System);
        var parsed = engine.Parse(source, TemplateKind.Html);
        Assert.Empty(parsed.Problems);
        using var document = JsonDocument.Parse(data);
        return engine.Render(parsed.Template!, document.RootElement);
    }

    /// <summary>The bound in memory is 64 MiB. That in time shows in the outcome: a run that is not stopped does not end.</summary>
    private static void AssertCheap(Action action)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 64 * 1024 * 1024);
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
