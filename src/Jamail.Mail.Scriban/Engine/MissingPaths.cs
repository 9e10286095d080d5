namespace Jamail.Mail.Scriban;

/// <summary>What a rendering needed and the data lacks.</summary>
/// <param name="asked">Where a template only asks whether something is there: that may be missing.</param>
internal sealed class MissingPaths(IReadOnlyList<(int Start, int End)> asked)
{
    private readonly List<MissingValue> _values = [];

    public bool Any => _values.Exists(value => !value.IsAsked);

    /// <summary>In full: of <c>customer.address.city</c> only that, not its parents too.</summary>
    public IReadOnlyList<string> Paths => [.. _values.Where(value => !value.IsAsked && !value.HasMember).Select(value => value.Path).Distinct()];

    public MissingValue Add(string path, int position)
    {
        var value = new MissingValue(path, asked.Any(range => position >= range.Start && position <= range.End), this);
        _values.Add(value);
        return value;
    }
}
