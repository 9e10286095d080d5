using System.Globalization;

namespace Jamail.TestSupport;

/// <summary>Runs what follows under another culture: <c>using var _ = Culture.Use("tr-TR");</c></summary>
public sealed class Culture : IDisposable
{
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo uiCulture = CultureInfo.CurrentUICulture;

    private Culture()
    {
    }

    /// <summary>Cultures whose number format (de-DE) or letter case (tr-TR) finds invariant-format mistakes.</summary>
    public static IReadOnlyList<string> Troublesome { get; } = ["de-DE", "tr-TR"];

    public static Culture Use(string name)
    {
        var before = new Culture();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(name, useUserOverride: false);
        return before;
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = culture;
        CultureInfo.CurrentUICulture = uiCulture;
    }
}
