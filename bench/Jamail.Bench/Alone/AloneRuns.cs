namespace Jamail.Bench;

/// <summary>What is measured beyond the comparison on one spot.</summary>
internal static class AloneRuns
{
    public static async Task<IReadOnlyList<AloneTable>> TakeAsync() =>
        [await SeveralHosts.TakeAsync(), await Distance.TakeAsync()];
}
