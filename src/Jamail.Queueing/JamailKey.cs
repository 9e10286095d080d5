namespace Jamail.Queueing;

/// <summary>A key that protects secrets at rest.</summary>
public sealed class JamailKey
{
    /// <summary>Names the key in what it protected; never reused for another key.</summary>
    /// <value>1 to 32 letters, digits, '-' or '.'. Default: empty, which is refused at start.</value>
    public string Id { get; set; } = "";

    /// <summary>The key: base64 of 32 random bytes.</summary>
    /// <value>Default: empty, which is refused at start.</value>
    public string Key { get; set; } = "";
}
