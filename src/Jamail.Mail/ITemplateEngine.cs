using System.Text.Json;

namespace Jamail.Mail;

/// <summary>Reads template sources once and renders them many times. Safe for concurrent use.</summary>
public interface ITemplateEngine
{
    /// <summary>The name a template gives to be rendered by this engine, such as <c>handlebars</c>.</summary>
    string Name { get; }

    /// <summary>Reads a source.</summary>
    /// <param name="source">The source; more than 256 KiB of UTF-8 or nesting deeper than 100 is a problem, not a fault.</param>
    /// <param name="kind">What it makes.</param>
    /// <returns>The template, or all its problems.</returns>
    TemplateParse Parse(string source, TemplateKind kind);

    /// <summary>Fills a template in. Bounded in steps, time and size.</summary>
    /// <param name="template">A template this engine parsed.</param>
    /// <param name="variables">A JSON object; names the template does not use are ignored.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <returns>The text, or all unknown paths, or which limit was reached.</returns>
    TemplateRendering Render(IParsedTemplate template, JsonElement variables, CancellationToken cancellationToken = default);
}
