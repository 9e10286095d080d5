namespace Jamail.Mail;

/// <summary>Which languages stand in for one: <c>fr-CA</c>, <c>fr</c>, then the default.</summary>
internal static class LocaleChain
{
    public static string? Choose(string? wanted, IReadOnlyCollection<string> there, string standard)
    {
        for (var locale = wanted; locale is { Length: > 0 }; locale = locale.LastIndexOf('-') is var cut and > 0 ? locale[..cut] : null)
        {
            if (there.FirstOrDefault(known => known.Equals(locale, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found;
            }
        }

        return there.Contains(standard) ? standard : null;
    }
}
