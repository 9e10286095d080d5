using System.Text.Json.Nodes;

namespace Jamail.Queueing;

/// <summary>
/// Makes of a payload of one version one of the next. Registered with
/// <see cref="QueueBuilder.AddUpcaster{TUpcaster}"/>; runs before the processor, as often as it takes to reach its version.
/// </summary>
public interface IPayloadUpcaster
{
    /// <summary>Brings a payload to the next version. What is stored stays as it is.</summary>
    /// <param name="payload">The old form; may be changed in place.</param>
    /// <returns>The new form.</returns>
    JsonNode? Upcast(JsonNode? payload);
}
