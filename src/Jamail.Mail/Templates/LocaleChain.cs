namespace Jamail.Mail;

/// <summary>Which languages stand in for one: <c>fr-CA</c>, <c>fr</c>, then the tenant's usual one, then the version's.</summary>
internal static class LocaleChain
{
    /// <param name="wanted">The languages wanted, the first one first; null for none.</param>
    /// <param name="there">Those there are.</param>
    /// <param name="standard">The version's own.</param>
    public static string? Choose(IEnumerable<string?> wanted, IReadOnlyCollection<string> there, string standard)
    {
        foreach (var first in wanted)
        {
            for (var locale = first; locale is { Length: > 0 }; locale = locale.LastIndexOf('-') is var cut and > 0 ? locale[..cut] : null)
            {
                if (there.FirstOrDefault(known => known.Equals(locale, StringComparison.OrdinalIgnoreCase)) is { } found)
                {
                    return found;
                }
            }
        }

        return there.Contains(standard) ? standard : null;
    }
}
