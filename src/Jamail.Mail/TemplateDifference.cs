namespace Jamail.Mail;

/// <summary>Where two versions of a template differ.</summary>
/// <param name="Locale">The language.</param>
/// <param name="Part"><c>subject</c>, <c>preheader</c>, <c>html</c> or <c>text</c>.</param>
/// <param name="Lines">The lines of both: <c>-</c> only in the first, <c>+</c> only in the second, a space in both.</param>
public sealed record TemplateDifference(string Locale, string Part, IReadOnlyList<string> Lines);
