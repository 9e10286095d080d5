using System.Text;
using System.Text.RegularExpressions;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>Short names of templates for code and URLs.</summary>
internal static partial class TemplateKeys
{
    private const int MaxLength = 100;
    private const string Prefix = "tpl_";

    /// <summary>An id may be written with what it is the id of: <c>tpl_</c>.</summary>
    public static string WithoutPrefix(string idOrKey) =>
        idOrKey.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(idOrKey.AsSpan(Prefix.Length), "D", out _) ? idOrKey[Prefix.Length..] : idOrKey;

    public static bool IsKey(string text) => Pattern().IsMatch(text) && !Guid.TryParse(text, out _);

    public static InputProblem Problem(string key) => new(
        "key",
        $"'{MailInput.Shown(key)}' is no key: it must have 1 to 100 lower-case letters, digits, '-', '.' or '_', begin with a letter or digit, and be no UUID.",
        "Choose another key, such as 'welcome'.");

    /// <summary>A key made of a name: <c>Welcome, Anna!</c> gives <c>welcome-anna</c>.</summary>
    public static string Of(string name)
    {
        var key = new StringBuilder();
        foreach (var character in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                key.Append(character);
            }
            else if (key.Length > 0 && key[^1] != '-' && !char.IsControl(character)
                && char.GetUnicodeCategory(character) != System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                key.Append('-');
            }
        }

        var text = key.ToString().Trim('-');
        return text.Length == 0 ? "template" : text.Length > MaxLength - 10 ? text[..(MaxLength - 10)].TrimEnd('-') : text;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,99}$")]
    private static partial Regex Pattern();
}
