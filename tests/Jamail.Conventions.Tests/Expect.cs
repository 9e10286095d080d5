namespace Jamail.Conventions.Tests;

internal static class Expect
{
    /// <summary>Fails with every offender, one a line.</summary>
    public static void None(IEnumerable<string> offenders, string rule)
    {
        var all = offenders.Distinct().ToList();
        Assert.True(all.Count == 0, $"{rule}\n  {string.Join("\n  ", all)}");
    }
}
