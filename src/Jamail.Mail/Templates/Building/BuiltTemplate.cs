namespace Jamail.Mail;

/// <summary>A template that was checked and can be stored.</summary>
/// <param name="Category">The kind of mail.</param>
/// <param name="Engine">Who renders it.</param>
/// <param name="DefaultLocale">The language of those who have none of the others.</param>
/// <param name="Contents">The sources in each language; with layout, partials and styles in place.</param>
/// <param name="Schema">What the variables must be; null for none.</param>
internal sealed record BuiltTemplate(
    string Category, string Engine, string DefaultLocale, IReadOnlyList<BuiltContent> Contents, string? Schema);

/// <param name="Locale">The language.</param>
/// <param name="Source">As its author wrote it.</param>
/// <param name="HtmlReady">The HTML with layout, partials and styles in place.</param>
internal sealed record BuiltContent(string Locale, EmailTemplateContent Source, string HtmlReady);
