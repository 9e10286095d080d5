using System.Globalization;
using System.Text;

namespace Jamail.Mail;

/// <summary>Takes what the engine writes: bounded, and without control characters.</summary>
internal sealed class TemplateWriter(TemplateBudget budget) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        budget.CheckTime();
        if (_text.Length + buffer.Length > TemplateLimits.Output)
        {
            throw new TemplateLimitException($"The template was stopped: its output is longer than {TemplateLimits.Output} characters.");
        }

        while (IndexOfControl(buffer) is var at and >= 0)
        {
            _text.Append(buffer[..at]);
            buffer = buffer[(at + 1)..];
        }

        _text.Append(buffer);
    }

    public override string ToString() => _text.ToString();

    private static int IndexOfControl(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t'))
            {
                return i;
            }
        }

        return -1;
    }
}
