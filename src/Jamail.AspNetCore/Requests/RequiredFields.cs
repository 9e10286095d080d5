using Jamail.Queueing;

namespace Jamail.AspNetCore;

/// <summary>Collects the members that a request lacks, to name them all at once.</summary>
internal sealed class RequiredFields
{
    private readonly List<InputProblem> _missing = [];

    public string Text(string field, string? value)
    {
        if (value is null)
        {
            _missing.Add(new InputProblem(field, "It is missing, and the request needs it.", $"Send a text as '{field}'."));
        }

        return value ?? "";
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
