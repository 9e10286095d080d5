namespace Jamail.Mail;

/// <summary>A layout or a partial in its current version.</summary>
/// <param name="Key">Its name: templates name a layout, and partials as <c>{{&gt; key}}</c>.</param>
/// <param name="Html">The HTML's source; a layout has <c>{{&gt; content}}</c> where the content belongs.</param>
/// <param name="Version">Counts from 1.</param>
/// <param name="UpdatedAt">When this version was made.</param>
public sealed record TemplatePart(string Key, string Html, int Version, DateTimeOffset UpdatedAt);
