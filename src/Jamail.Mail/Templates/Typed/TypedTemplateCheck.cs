using System.Text.Json;
using Jamail.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jamail.Mail;

/// <summary>
/// Compares the types that templates are filled with with what their current versions need. One that is not there yet, or a database that is away,
/// is no error: the mail is checked again when it is accepted.
/// </summary>
internal sealed class TypedTemplateCheck(
    IEnumerable<TypedTemplate> typed, TemplateStore templates, TemplateEngines engines, ILogger<TypedTemplateCheck> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var template in typed)
        {
            try
            {
                var row = await templates.FindAsync(template.Key, JamailHostOptions.DefaultTenant, null, null, cancellationToken).ConfigureAwait(false);
                problems.AddRange(Differences(template, row, cancellationToken).Distinct().Select(difference =>
                    $"Template '{row.Key}' (version {row.Version}) and {template.Json.Type.Name}: {difference}."));
            }
            catch (Exception fault) when (fault is StoreUnavailableException or MailException { Error: MailError.TemplateNotFound })
            {
                logger.TemplateUnchecked(template.Key, template.Json.Type.Name, fault.Message);
            }
        }

        if (problems.Count > 0)
        {
            throw new InvalidOperationException(
                $"{string.Join(' ', problems)} Change the type, or publish a version of the template that fits it.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private List<string> Differences(TypedTemplate template, TemplateRow row, CancellationToken cancellationToken)
    {
        var sample = new ModelSample(template.Json);
        var differences = new List<string>();
        if (row.Schema is not null)
        {
            using var schema = JsonDocument.Parse(row.Schema);
            differences.AddRange(SchemaComparison.Differences(schema.RootElement, sample));
        }

        var parsed = engines.Get(row);
        var value = JsonSerializer.SerializeToElement(sample.Value);
        foreach (var source in new[] { parsed.Subject, parsed.Html, parsed.Text }.OfType<IParsedTemplate>())
        {
            differences.AddRange(parsed.Engine.Render(source, value, cancellationToken).UnknownPaths
                .Where(path => !sample.MayHave(path)).Select(path => $"'{path}' is used and is no member"));
        }

        return differences;
    }
}
