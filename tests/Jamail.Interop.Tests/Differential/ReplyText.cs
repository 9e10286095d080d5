using System.Globalization;
using System.Text;

namespace Jamail.Interop.Tests.Differential;

/// <summary>A reply as text that shows every type; the text of an error holds a script's hash, so only its presence shows.</summary>
internal static class ReplyText
{
    /// <summary>Times to live within a reply are set off against the time between the two replies, when it is given.</summary>
    public static bool Same(object? expected, object? found, long? elapsedMs, long toleranceMs) => (expected, found) switch
    {
        (RespError, RespError) => true,
        (List<object?> mine, List<object?> theirs) => mine.Count == theirs.Count
            && mine.Zip(theirs).All(pair => Same(pair.First, pair.Second, elapsedMs, toleranceMs)),
        (long mine, long theirs) => mine == theirs
            || (elapsedMs is { } elapsed && mine > 1000 && Math.Abs(mine - theirs - elapsed) <= 2 + toleranceMs),
        _ => Equals(expected, found),
    };

    public static string Of(object? reply)
    {
        var text = new StringBuilder();
        Append(text, reply);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? reply)
    {
        switch (reply)
        {
            case null:
                text.Append("nil");
                break;
            case long number:
                text.Append(CultureInfo.InvariantCulture, $":{number}");
                break;
            case RespError:
                text.Append("error");
                break;
            case string bulk:
                text.Append('"').Append(bulk).Append('"');
                break;
            case List<object?> items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Append(text, items[i]);
                }

                text.Append(']');
                break;
        }
    }
}
