using System.Buffers;
using System.Globalization;
using System.Text;

namespace Jamail.Webhooks;

/// <summary>Strings as ECMAScript reads and prints them: UTF-16, lone surrogates allowed and printed as escapes.</summary>
internal static class EcmaString
{
    /// <summary>Undoes the escapes of what stands between the quotes of a JSON string in valid UTF-8.</summary>
    public static string Read(ReadOnlySpan<byte> between)
    {
        if (!between.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(between);
        }

        var text = new StringBuilder(between.Length);
        while (between.IndexOf((byte)'\\') is >= 0 and var at)
        {
            text.Append(Encoding.UTF8.GetString(between[..at]));
            var kind = between[at + 1];
            var length = 2;
            if (kind == 'u')
            {
                text.Append((char)ushort.Parse(
                    between.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                length = 6;
            }
            else
            {
                text.Append(Unescape(kind));
            }

            between = between[(at + length)..];
        }

        return text.Append(Encoding.UTF8.GetString(between)).ToString();
    }

    /// <summary>Prints a string with the escapes JSON demands and no others.</summary>
    public static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != OperationStatus.Done)
            {
                WriteUnicodeEscape(text[0], output);
            }
            else if (rune.Value < ' ' || rune.Value is '"' or '\\')
            {
                WriteEscape((char)rune.Value, output);
            }
            else
            {
                output.Write(utf8[..rune.EncodeToUtf8(utf8)]);
            }

            text = text[consumed..];
        }

        output.Write("\""u8);
    }

    private static char Unescape(byte kind) => (char)kind switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var itself => itself,
    };

    private static void WriteEscape(char character, IBufferWriter<byte> output)
    {
        switch (character)
        {
            case '"':
                output.Write("\\\""u8);
                break;
            case '\\':
                output.Write("\\\\"u8);
                break;
            case '\b':
                output.Write("\\b"u8);
                break;
            case '\f':
                output.Write("\\f"u8);
                break;
            case '\n':
                output.Write("\\n"u8);
                break;
            case '\r':
                output.Write("\\r"u8);
                break;
            case '\t':
                output.Write("\\t"u8);
                break;
            default:
                WriteUnicodeEscape(character, output);
                break;
        }
    }

    private static void WriteUnicodeEscape(char character, IBufferWriter<byte> output)
    {
        Span<byte> escape = stackalloc byte[6];
        "\\u"u8.CopyTo(escape);
        ((ushort)character).TryFormat(escape[2..], out _, "x4", CultureInfo.InvariantCulture);
        output.Write(escape);
    }
}
