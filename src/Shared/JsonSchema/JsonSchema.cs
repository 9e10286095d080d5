using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Shared;

/// <summary>
/// The part of JSON Schema (2020-12) that describes data: types, limits, enumerations, objects, arrays, combinations and
/// references within the schema. A keyword that is not understood is refused, so that no rule is silently not enforced.
/// </summary>
internal sealed class JsonSchema
{
    /// <summary>The largest schema, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    private readonly JsonSchemaNode _root;

    private JsonSchema(JsonSchemaNode root) => _root = root;

    /// <summary>Reads a schema.</summary>
    /// <param name="text">The schema as JSON.</param>
    /// <param name="field">What problems are named after; the JSON pointer within the schema follows it.</param>
    /// <param name="problems">Everything that is wrong with it is added here.</param>
    /// <returns>Null when something is wrong.</returns>
    public static JsonSchema? Parse(string text, string field, ICollection<InputProblem> problems)
    {
        if (text.Length > MaxLength)
        {
            problems.Add(new InputProblem(
                field, $"The schema has {text.Length} characters, and at most {MaxLength} are allowed.", "Describe less of the payload."));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            var reader = new JsonSchemaReader(document.RootElement.Clone(), field);
            var root = reader.Read();
            foreach (var problem in reader.Problems)
            {
                problems.Add(problem);
            }

            return reader.Problems.Count == 0 ? new JsonSchema(root) : null;
        }
        catch (JsonException exception)
        {
            problems.Add(new InputProblem(
                field,
                $"The schema is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.",
                "Give a JSON Schema, as in {\"type\": \"object\"}."));
            return null;
        }
    }

    /// <summary>Compares a value with the schema.</summary>
    /// <returns>What is wrong, at most <see cref="JsonSchemaCheck.MaxViolations"/>; empty when nothing is.</returns>
    public IReadOnlyList<JsonViolation> Validate(JsonElement value)
    {
        var check = new JsonSchemaCheck();
        _root.Apply(value, check);
        return check.Violations;
    }
}
