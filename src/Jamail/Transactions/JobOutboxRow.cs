using Jamail.Shared;

namespace Jamail;

/// <summary>A job of the host's own that wants to be added, or was.</summary>
internal sealed class JobOutboxRow : OutboxRow
{
    public string Name { get; set; } = "";

    /// <summary>The payload, JSON text.</summary>
    public string Data { get; set; } = "";

    /// <summary>The options as <see cref="JobOptionsText"/> writes them.</summary>
    public string Options { get; set; } = "";
}
