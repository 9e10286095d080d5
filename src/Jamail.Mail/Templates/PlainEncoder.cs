using System.Text;
using HandlebarsDotNet;

namespace Jamail.Mail;

/// <summary>For text that is no HTML: nothing is escaped.</summary>
internal sealed class PlainEncoder : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => target.Write(text);

    public void Encode(string? text, TextWriter target) => target.Write(text);

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        while (text?.MoveNext() == true)
        {
            target.Write(text.Current);
        }
    }
}
