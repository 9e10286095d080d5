namespace Jamail.AspNetCore;

/// <summary>How the body of a request type is read, where that is not as usual.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BodyRuleAttribute : Attribute
{
    public const int UsualLimit = 256 * 1024;

    /// <summary>Bytes.</summary>
    public int Limit { get; init; } = UsualLimit;

    /// <summary>Whether errors name fields by JSON pointers.</summary>
    public bool UsesPointers { get; init; }
}
