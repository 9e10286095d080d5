using System.Globalization;
using System.Text;
using System.Text.Json;
using HandlebarsDotNet;

namespace Jamail.Mail;

/// <summary>Handlebars.Net behind a guard: it sees only sources the scanner wrote and data that counts.</summary>
internal sealed class HandlebarsEngine(TimeProvider clock) : ITemplateEngine
{
    public string Name => "handlebars";

    public TemplateParse Parse(string source, TemplateKind kind)
    {
        if (source.Length > TemplateLimits.Source || Encoding.UTF8.GetByteCount(source) > TemplateLimits.Source)
        {
            return Refuse(new TemplateProblem(1, 1,
                $"The source has {Encoding.UTF8.GetByteCount(source)} bytes; at most {TemplateLimits.Source} ({TemplateLimits.Source / 1024} KiB) are allowed."));
        }

        var scanner = new TemplateScanner(source);
        scanner.Scan();
        if (scanner.Problems.Count > 0)
        {
            return new TemplateParse(null, scanner.Problems);
        }

        try
        {
            using var reader = new StringReader(scanner.Canonical);
            var render = Environment(kind).Compile(reader);
            return new TemplateParse(new HandlebarsParsed(kind, scanner.Nodes, render), []);
        }
        catch (HandlebarsException exception)
        {
            return Refuse(new TemplateProblem(1, 1, $"Handlebars cannot read the template: {exception.Message}"));
        }
    }

    public TemplateRendering Render(IParsedTemplate template, JsonElement variables, CancellationToken cancellationToken = default)
    {
        if (template is not HandlebarsParsed parsed)
        {
            throw new ArgumentException("The template was parsed by another engine.", nameof(template));
        }

        try
        {
            var checking = new TemplateBudget(clock, cancellationToken);
            var check = new TemplateCheck(TemplateData.Copy(variables, checking), checking);
            check.Visit(parsed.Nodes);
            if (check.Missing.Count > 0)
            {
                return new TemplateRendering(null, check.Missing);
            }

            var budget = new TemplateBudget(clock, cancellationToken);
            using var writer = new TemplateWriter(budget);
            parsed.Render(writer, TemplateData.Copy(variables, budget), null!);
            return new TemplateRendering(writer.ToString(), []);
        }
        catch (Exception exception) when (exception.GetBaseException() is TemplateLimitException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new TemplateRendering(null, [], exception.GetBaseException().Message);
        }
        catch (HandlebarsException exception)
        {
            return new TemplateRendering(null, [], $"Handlebars failed: {exception.Message}");
        }
    }

    private static string Text(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        string text => text,
        _ => "", // Missing, which the check allows within an {{#if}}.
    };

    private static TemplateParse Refuse(TemplateProblem problem) => new(null, [problem]);

    /// <summary>One for each template: what an environment caches goes with the template.</summary>
    private static IHandlebars Environment(TemplateKind kind)
    {
        var configuration = new HandlebarsConfiguration
        {
            FormatProvider = CultureInfo.InvariantCulture,
            TextEncoder = kind == TemplateKind.Html ? new HtmlEncoder() : new PlainEncoder(),
        };
        configuration.FormatterProviders.Add(new BooleanFormatter());
        var environment = Handlebars.Create(configuration);
        environment.RegisterHelper(TemplateSyntax.UrlQuery, (writer, _, arguments) => writer.WriteSafeString(Uri.EscapeDataString(Text(arguments[0]))));
        return environment;
    }
}
