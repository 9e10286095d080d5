using System.Text;
using System.Text.RegularExpressions;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>Makes a template ready, completely, before anything of it is stored: checks it, composes it, writes its styles in, parses it.</summary>
internal sealed partial class TemplateBuilder(TemplatePartStore parts, TemplateEngines engines)
{
    private const string FirstLocale = "en";
    private const int MaxLocales = 50;
    private const int MaxPartials = 100;

    /// <exception cref="InvalidInputException">All that is wrong.</exception>
    public async Task<BuiltTemplate> BuildAsync(EmailTemplateDraft draft, string tenant, CancellationToken cancellationToken)
    {
        var (built, problems) = await TryBuildAsync(draft, tenant, cancellationToken).ConfigureAwait(false);
        return built ?? throw new InvalidInputException(problems);
    }

    /// <summary>As <see cref="BuildAsync"/>, and tells what is wrong instead of throwing it.</summary>
    public async Task<(BuiltTemplate? Built, IReadOnlyList<InputProblem> Problems)> TryBuildAsync(
        EmailTemplateDraft draft, string tenant, CancellationToken cancellationToken)
    {
        var standard = draft.DefaultLocale ?? FirstLocale;
        var sources = draft.Locales.Where(locale => locale.Key != standard)
            .Prepend(new(standard, new EmailTemplateContent(draft.Subject, draft.Html, draft.Text) { Preheader = draft.Preheader }))
            .Select(locale => (Locale: locale.Key, Source: locale.Value, Prefix: locale.Key == standard ? "" : $"locales.{locale.Key}.")).ToList();
        var problems = new List<InputProblem>();
        Check(draft, standard, problems);
        foreach (var (_, source, prefix) in sources)
        {
            CheckBodies(source, prefix, problems);
        }

        var schema = ReadSchema(draft, problems);
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var layout = await LayoutAsync(draft.Layout, tenant, problems, cancellationToken).ConfigureAwait(false);
        var partials = await PartialsAsync([.. sources.Select(item => item.Source.Html), layout ?? ""], tenant, cancellationToken).ConfigureAwait(false);
        var engine = draft.Engine ?? TemplateEngines.DefaultEngine;
        var contents = new List<BuiltContent>();
        foreach (var (locale, source, prefix) in sources)
        {
            var html = TemplateComposition.Compose(source.Html, layout, partials, $"{prefix}html", problems);
            html = source.Preheader is { } preheader && engines.CanRead(engine, $"{prefix}preheader", preheader, problems) ? Preheader.Insert(html, preheader) : html;
            var ready = CssInliner.Inline(html, $"{prefix}html", problems) ?? html;
            engines.Parse(engine, source.Subject, ready, source.Text, problems, prefix);
            contents.Add(new BuiltContent(locale, source, ready));
        }

        return problems.Count > 0
            ? (null, problems)
            : (new BuiltTemplate(draft.Category ?? MailDefaults.Category, engine, standard, contents, schema), []);
    }

    private static void Check(EmailTemplateDraft draft, string standard, List<InputProblem> problems)
    {
        problems.AddRange(new[]
        {
            MailInput.Name("name", draft.Name, 200),
            MailInput.Name("category", draft.Category ?? MailDefaults.Category, 100),
            draft.Note is null ? null : MailInput.Name("note", draft.Note, 500),
            draft.Key is null || TemplateKeys.IsKey(draft.Key) ? null : TemplateKeys.Problem(draft.Key),
        }.OfType<InputProblem>());
        problems.AddRange(draft.Locales.Keys.Append(standard).Where(locale => !Locale().IsMatch(locale))
            .Select(locale => new InputProblem("locales", $"'{MailInput.Shown(locale)}' is no language tag.", "Give one such as 'fr' or 'fr-CA'.")));
        if (draft.Locales.Count > MaxLocales)
        {
            problems.Add(new InputProblem("locales", $"There are {draft.Locales.Count}; at most {MaxLocales} are allowed.", "Make a second template."));
        }
    }

    private static void CheckBodies(EmailTemplateContent source, string prefix, List<InputProblem> problems) => problems.AddRange(
        new[]
        {
            MailInput.Body($"{prefix}subject", source.Subject), MailInput.Body($"{prefix}html", source.Html),
            source.Text is null ? null : MailInput.Body($"{prefix}text", source.Text),
            source.Preheader is null ? null : MailInput.Name($"{prefix}preheader", source.Preheader, Preheader.Longest),
        }.OfType<InputProblem>());

    private static string? ReadSchema(EmailTemplateDraft draft, List<InputProblem> problems)
    {
        if (draft.Schema is not { Utf8.IsEmpty: false } given)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(given.Utf8.Span);
        return JsonSchema.Parse(text, "schema", problems) is null ? null : text;
    }

    private async Task<string?> LayoutAsync(string? key, string tenant, List<InputProblem> problems, CancellationToken cancellationToken)
    {
        if (key is null)
        {
            return null;
        }

        var layout = await parts.TryGetAsync(TemplatePartKind.Layout, key, tenant, cancellationToken).ConfigureAwait(false);
        if (layout is null)
        {
            problems.Add(new InputProblem("layout", $"There is no layout '{MailInput.Shown(key)}'.", "PUT /layouts/{key} makes one."));
        }

        return layout?.Html;
    }

    private async Task<IReadOnlyDictionary<string, string>> PartialsAsync(
        IReadOnlyList<string> sources, string tenant, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var wanted = new Queue<string>(sources.SelectMany(TemplateComposition.KeysIn).Distinct());
        while (wanted.TryDequeue(out var key) && found.Count < MaxPartials)
        {
            if (!found.ContainsKey(key)
                && await parts.TryGetAsync(TemplatePartKind.Partial, key, tenant, cancellationToken).ConfigureAwait(false) is { } part)
            {
                found[key] = part.Html;
                foreach (var inner in TemplateComposition.KeysIn(part.Html))
                {
                    wanted.Enqueue(inner);
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex Locale();
}
