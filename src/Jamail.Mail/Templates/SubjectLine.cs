using System.Text;

namespace Jamail.Mail;

/// <summary>What a rendered subject must be: one line of 1 to 250 characters.</summary>
internal static class SubjectLine
{
    public const int Longest = 250;

    /// <summary>Makes one line of it; line breaks and other control characters become spaces.</summary>
    /// <param name="rendered">What the template gave.</param>
    /// <param name="problem">Which rule it breaks all the same; null when it is fine.</param>
    public static string Clean(string rendered, out string? problem)
    {
        var line = new StringBuilder(rendered.Length);
        foreach (var c in rendered)
        {
            var isSpace = char.IsControl(c) || c is '\u2028' or '\u2029';
            if (!isSpace)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        var subject = line.ToString().Trim();
        problem = subject.Length == 0 ? "The subject is empty."
            : subject.Length > Longest ? $"The subject has {subject.Length} characters; at most {Longest} are allowed."
            : null;
        return subject;
    }
}
