using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jamail.AspNetCore;

/// <summary>The body of an error.</summary>
internal sealed record ProblemBody(string Type, string Title, int Status, string Detail, IReadOnlyList<ProblemError>? Errors);

/// <summary>One thing that is wrong.</summary>
internal sealed record ProblemError(string Field, string Rule, string Fix);

[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    // People read these texts in a terminal: quotes stay quotes. The media type keeps browsers from taking them for HTML.
    public static ProblemJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
