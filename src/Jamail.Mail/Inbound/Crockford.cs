namespace Jamail.Mail;

/// <summary>Base 32 without letters that look like digits, lower case; the first character carries what is left over of the bits.</summary>
internal static class Crockford
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            // Counted from the end, so that the padding is in front.
            var value = 0;
            for (var bit = 4; bit >= 0; bit--)
            {
                var position = (bytes.Length * 8) - 1 - (((text.Length - 1 - i) * 5) + bit);
                value = (value << 1) | (position >= 0 ? (bytes[position / 8] >> (7 - (position % 8))) & 1 : 0);
            }

            text[i] = Alphabet[value];
        }

        return new string(text);
    }

    public static byte[]? Decode(string text, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < text.Length; i++)
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(text[i]), StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            for (var bit = 4; bit >= 0; bit--)
            {
                var position = (length * 8) - 1 - (((text.Length - 1 - i) * 5) + bit);
                if ((value >> bit & 1) == 0)
                {
                    continue;
                }

                if (position < 0)
                {
                    return null;
                }

                bytes[position / 8] |= (byte)(1 << (7 - (position % 8)));
            }
        }

        return bytes;
    }
}
