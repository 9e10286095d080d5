using System.Text.Json;

namespace Jamail.Shared;

/// <summary>What one keyword, or a few that belong together, demand of a value.</summary>
internal interface IJsonRule
{
    void Apply(JsonElement value, JsonSchemaCheck check);
}
