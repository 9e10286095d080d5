using System.Text.Json.Serialization.Metadata;

namespace Jamail.Mail;

/// <summary>Which type a template is filled with.</summary>
/// <param name="Key">The template's.</param>
/// <param name="Json">How the type is written.</param>
internal sealed record TypedTemplate(string Key, JsonTypeInfo Json);
