using System.Text;
using System.Text.Json;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Jamail.Mail.Scriban;

/// <summary>Templates in Scriban: strict, limited, escaping by themselves, over JSON data and nothing else.</summary>
/// <param name="clock">Measures how long a rendering takes.</param>
public sealed class ScribanEngine(TimeProvider clock) : ITemplateEngine
{
    /// <inheritdoc/>
    public string Name => "scriban";

    /// <inheritdoc/>
    public TemplateParse Parse(string source, TemplateKind kind)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Encoding.UTF8.GetByteCount(source) is var bytes && bytes > TemplateLimits.Source)
        {
            return Refuse($"The source has {bytes} bytes; at most {TemplateLimits.Source} ({TemplateLimits.Source / 1024} KiB) are allowed.");
        }

        if (ScribanNesting.FindProblem(source) is { } nesting)
        {
            return Refuse(nesting);
        }

        var template = Template.Parse(source, parserOptions: new ParserOptions { ExpressionDepthLimit = TemplateLimits.Nesting });
        if (template.HasErrors || template.Page is not { } page)
        {
            return new TemplateParse(null, [.. template.Messages.Where(message => message.Type == ParserMessageType.Error)
                .Select(message => Problem(message.Span, message.Message))]);
        }

        var guard = new ScribanGuard();
        guard.Visit(page);
        return guard.Problems.Count > 0
            ? new TemplateParse(null, guard.Problems)
            : new TemplateParse(new ScribanParsed(kind, template, guard.Paths, guard.Asked), []);
    }

    /// <inheritdoc/>
    public TemplateRendering Render(IParsedTemplate template, JsonElement variables, CancellationToken cancellationToken = default)
    {
        if (template is not ScribanParsed parsed)
        {
            throw new ArgumentException("The template was parsed by another engine.", nameof(template));
        }

        var budget = new TemplateBudget(clock, cancellationToken);
        using var timer = new CancellationTokenSource(TemplateLimits.Time, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var missing = new MissingPaths(parsed.Asked);
        try
        {
            using var writer = new TemplateWriter(budget);
            var context = new ScribanContext(parsed.Kind, missing, budget) { CancellationToken = stop.Token };
            context.PushOutput(new TextWriterOutput(writer));
            context.PushGlobal(ScribanData.Root(variables, missing, budget));
            parsed.Template.Render(context);
            return missing.Any ? new TemplateRendering(null, missing.Paths) : new TemplateRendering(writer.ToString(), []);
        }
        catch (Exception fault) when (fault.GetBaseException() is TemplateLimitException)
        {
            return new TemplateRendering(null, [], fault.GetBaseException().Message);
        }
        catch (Exception fault) when (fault is ScriptRuntimeException or OperationCanceledException or InvalidOperationException
            or ArgumentException or FormatException or OverflowException or InsufficientExecutionStackException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return missing.Any ? new TemplateRendering(null, missing.Paths)
                : timer.IsCancellationRequested
                    ? new TemplateRendering(null, [], $"The template was stopped: it took longer than {TemplateLimits.Time.TotalSeconds:0} s. Look for loops within loops.")
                : new TemplateRendering(null, [], $"Scriban failed: {Text(fault)}");
        }
    }

    internal static TemplateProblem Problem(SourceSpan span, string message) => new(span.Start.Line + 1, span.Start.Column + 1, message);

    private static TemplateParse Refuse(string message) => new(null, [new TemplateProblem(1, 1, message)]);

    // A loop that meets its limit is stopped like one that meets ours.
    private static string Text(Exception fault)
    {
        var text = fault is ScriptRuntimeException script ? script.OriginalMessage : fault.Message;
        return text.Contains("limit", StringComparison.OrdinalIgnoreCase) ? $"stopped: {text}" : text;
    }
}
