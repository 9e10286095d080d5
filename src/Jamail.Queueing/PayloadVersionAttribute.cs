namespace Jamail.Queueing;

/// <summary>
/// Says which version of a payload's form a type is. Jobs are added with it (stored option <c>payloadVersion</c>), and a
/// processor that takes the type gets older payloads through its upcasters.
/// </summary>
/// <param name="version">1 or more; a type without the attribute is version 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class PayloadVersionAttribute(int version) : Attribute
{
    /// <summary>The version.</summary>
    public int Version { get; } = version;
}
