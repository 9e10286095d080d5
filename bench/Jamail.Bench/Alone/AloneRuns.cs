namespace Jamail.Bench;

/// <summary>What is measured of Jamail alone.</summary>
internal static class AloneRuns
{
    public static Task<IReadOnlyList<AloneTable>> TakeAsync(CompareSettings settings)
    {
        _ = settings;
        return Task.FromResult<IReadOnlyList<AloneTable>>([]);
    }
}
