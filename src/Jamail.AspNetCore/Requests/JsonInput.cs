using System.Collections;
using System.Text.Json;
using Jamail.Queueing;
using Microsoft.AspNetCore.Http;

namespace Jamail.AspNetCore;

/// <summary>JSON text to a request.</summary>
internal static class JsonInput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T Read<T>(ReadOnlySpan<byte> utf8)
        where T : class
    {
        try
        {
            // Twice, because only a text that is JSON at all can have members of a wrong type.
            using (Parse(utf8))
            {
                return JsonSerializer.Deserialize<T>(WithoutMark(utf8), Options)
                    ?? throw ProblemException.Invalid("body", "It is null.", "Send a JSON object.");
            }
        }
        catch (JsonException fault)
        {
            throw WrongType(typeof(T), fault);
        }
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(WithoutMark(utf8).ToArray());
        }
        catch (JsonException fault)
        {
            var where = utf8.IsEmpty
                ? "It is empty."
                : $"It is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1} cannot be read.";
            throw new ProblemException(
                StatusCodes.Status400BadRequest, "not-json", "The body is not JSON.",
                [new InputProblem("body", where, "Send a JSON object; names and texts need double quotes.")]);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) =>
        utf8.StartsWith("\uFEFF"u8) ? utf8["\uFEFF"u8.Length..] : utf8;

    private static ProblemException WrongType(Type request, JsonException fault)
    {
        var path = fault.Path is { Length: > 2 } known ? known[2..] : "";
        if (path.Length == 0)
        {
            return ProblemException.Invalid("body", "It is not a JSON object.", "Send a JSON object.");
        }

        var member = path.Split('.', '[')[0];
        var type = request.GetProperties().FirstOrDefault(
            property => property.Name.Equals(member, StringComparison.OrdinalIgnoreCase))?.PropertyType;
        var expected = path.Length > member.Length && type is not null && IsOfTexts(type) ? "a text" : Expected(type);
        return ProblemException.Invalid(path, $"Its value is not {expected}.", $"Send {expected}.");
    }

    private static string Expected(Type? type) => type switch
    {
        _ when type == typeof(string) => "a text",
        _ when typeof(IReadOnlyDictionary<string, string>).IsAssignableFrom(type) => "an object of texts",
        _ when typeof(IEnumerable<string>).IsAssignableFrom(type) => "a list of texts",
        _ when typeof(IEnumerable).IsAssignableFrom(type) => "a list",
        _ => "of the type that /openapi/v1.json shows",
    };

    private static bool IsOfTexts(Type type) =>
        typeof(IEnumerable<string>).IsAssignableFrom(type) || typeof(IReadOnlyDictionary<string, string>).IsAssignableFrom(type);
}
