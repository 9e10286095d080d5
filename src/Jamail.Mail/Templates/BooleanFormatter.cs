using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Jamail.Mail;

/// <summary>true and false as JavaScript writes them.</summary>
internal sealed class BooleanFormatter : IFormatter, IFormatterProvider
{
    public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write(value is true ? "true" : "false");

    public bool TryCreateFormatter(Type type, [MaybeNullWhen(false)] out IFormatter formatter)
    {
        formatter = type == typeof(bool) ? this : null;
        return formatter is not null;
    }
}
