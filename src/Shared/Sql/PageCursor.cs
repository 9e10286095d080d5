using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Jamail.Shared;

/// <summary>Where the next page of a list begins: after the row of this time and id, newest first.</summary>
internal sealed record PageCursor(long At, string Id)
{
    /// <summary>Before the first row.</summary>
    public static PageCursor Start { get; } = new(long.MaxValue, "~");

    public string Encode() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{At}|{Id}")));

    /// <param name="text">A cursor; null for the first page.</param>
    /// <param name="cursor">Where to begin.</param>
    public static bool TryDecode(string? text, [NotNullWhen(true)] out PageCursor? cursor)
    {
        cursor = null;
        if (text is null)
        {
            cursor = Start;
            return true;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 3);
            if (parts is ["1", var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time))
            {
                cursor = new PageCursor(time, id);
            }
        }
        catch (FormatException)
        {
        }

        return cursor is not null;
    }
}
