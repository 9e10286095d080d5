using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Webhooks;

/// <summary>
/// The text that <c>JSON.stringify(JSON.parse(x))</c> gives in ECMAScript, so that workers in all languages sign and send
/// the same bytes for the same payload.
/// </summary>
internal sealed class CanonicalJson
{
    public const int MaxDepth = 256;
    private const string Field = "payload";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    private readonly ArrayBufferWriter<byte> _output;
    private readonly List<string> _path = [];

    private CanonicalJson(int capacity) => _output = new ArrayBufferWriter<byte>(Math.Max(capacity, 16));

    /// <exception cref="InvalidInputException">The text is no JSON, or holds a number that a double cannot hold.</exception>
    public static byte[] From(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new InvalidInputException(Field, "The payload is not valid UTF-8.", "Encode it as UTF-8.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException exception)
        {
            var position = string.Create(
                CultureInfo.InvariantCulture,
                $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
            throw new InvalidInputException(
                Field,
                $"The payload is not one JSON value, or is nested deeper than {MaxDepth} levels: it cannot be read at {position}.",
                "Give one JSON value.");
        }

        using (document)
        {
            var canonical = new CanonicalJson(utf8.Length);
            canonical.Write(document.RootElement);
            return canonical._output.WrittenSpan.ToArray();
        }
    }

    private void Write(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element);
                break;
            case JsonValueKind.Array:
                WriteArray(element);
                break;
            case JsonValueKind.String:
                WriteString(JsonMarshal.GetRawUtf8Value(element));
                break;
            case JsonValueKind.Number:
                WriteNumber(JsonMarshal.GetRawUtf8Value(element));
                break;
            default:
                _output.Write(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private void WriteArray(JsonElement element)
    {
        var index = 0;
        _output.Write("["u8);
        foreach (var item in element.EnumerateArray())
        {
            if (index > 0)
            {
                _output.Write(","u8);
            }

            WriteUnder(index.ToString(CultureInfo.InvariantCulture), item);
            index++;
        }

        _output.Write("]"u8);
    }

    private void WriteObject(JsonElement element)
    {
        var isFirst = true;
        _output.Write("{"u8);
        foreach (var (name, value) in EcmaMembers.Of(element))
        {
            if (!isFirst)
            {
                _output.Write(","u8);
            }

            isFirst = false;
            EcmaString.Write(name, _output);
            _output.Write(":"u8);
            WriteUnder(name, value);
        }

        _output.Write("}"u8);
    }

    private void WriteUnder(string segment, JsonElement value)
    {
        _path.Add(segment);
        Write(value);
        _path.RemoveAt(_path.Count - 1);
    }

    // Without escapes the text between the quotes is canonical as it stands.
    private void WriteString(ReadOnlySpan<byte> quoted)
    {
        if (quoted.Contains((byte)'\\'))
        {
            EcmaString.Write(EcmaString.Read(quoted[1..^1]), _output);
        }
        else
        {
            _output.Write(quoted);
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> literal)
    {
        if (!EcmaNumber.TryWrite(literal, _output))
        {
            throw new InvalidInputException(
                string.Concat([Field, .. _path.Select(segment => "/" + JsonPointer.Escape(segment))]),
                "The number cannot be held by a 64-bit floating-point number, which is what JSON numbers are to most receivers.",
                "Send it as a string.");
        }
    }
}
