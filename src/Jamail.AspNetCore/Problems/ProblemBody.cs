using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jamail.AspNetCore;

/// <summary>The body of an error.</summary>
internal sealed record ProblemBody(string Type, string Title, int Status, string Detail, IReadOnlyList<ProblemError>? Errors);

/// <summary>One thing that is wrong.</summary>
internal sealed record ProblemError(string Field, string Rule, string Fix);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
