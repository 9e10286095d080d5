using System.Globalization;
using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>Collects the members that a request lacks, to name them all at once.</summary>
internal sealed class RequiredFields
{
    private static readonly Dictionary<string, string> NoTexts = [];

    private readonly List<InputProblem> _missing = [];

    public string Text(string field, string? value)
    {
        if (value is null)
        {
            _missing.Add(new InputProblem(field, "It is missing, and the request needs it.", $"Send a text as '{field}'."));
        }

        return value ?? "";
    }

    /// <summary>The texts of a list; a null among them is wrong.</summary>
    public IReadOnlyList<string> Texts(string field, IReadOnlyList<string>? values)
    {
        for (var i = 0; i < values?.Count; i++)
        {
            if (values[i] is null)
            {
                Add($"{field}[{i.ToString(CultureInfo.InvariantCulture)}]", "It is null.", "Send a text, or leave it out.");
            }
        }

        return [.. (values ?? []).OfType<string>()];
    }

    /// <summary>The texts of a map; a null among them is wrong.</summary>
    public IReadOnlyDictionary<string, string> Texts(string field, IReadOnlyDictionary<string, string>? values)
    {
        foreach (var (name, _) in (values ?? NoTexts).Where(pair => pair.Value is null))
        {
            Add(Pointers.Member(field, name), "It is null.", "Send a text, or leave it out.");
        }

        return (values ?? NoTexts).Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    public void Add(string field, string rule, string fix) => _missing.Add(new InputProblem(field, rule, fix));

    /// <summary>All that was found.</summary>
    public IReadOnlyList<InputProblem> Problems => _missing;

    public void ThrowIfMissing()
    {
        if (_missing.Count > 0)
        {
            throw ProblemException.Invalid(_missing);
        }
    }
}
