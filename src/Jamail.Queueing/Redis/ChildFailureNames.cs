namespace Jamail.Queueing;

/// <summary>The stored names of <see cref="ChildFailure"/>, in options and in the link to the parent.</summary>
internal static class ChildFailureNames
{
    /// <returns>Null for what is not stored.</returns>
    public static string? Of(ChildFailure? failure) => failure switch
    {
        ChildFailure.FailParent => "fpof",
        ChildFailure.RunParentNow => "cpof",
        ChildFailure.Ignore => "idof",
        ChildFailure.Forget => "rdof",
        _ => null,
    };
}
