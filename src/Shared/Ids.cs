namespace Jamail.Shared;

internal static class Ids
{
    /// <summary>A UUID of version 7, lower case with hyphens: sorts by time.</summary>
    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString("D");
}
