using System.ComponentModel;
using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Lets configuration say <c>Forever</c> and <c>None</c> where a <see cref="JobRetention"/> is meant.</summary>
internal sealed class RetentionWords : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is not string word ? throw GetConvertFromException(value)
        : word.Equals(nameof(JobRetention.Forever), StringComparison.OrdinalIgnoreCase) ? JobRetention.Forever
        : word.Equals(nameof(JobRetention.None), StringComparison.OrdinalIgnoreCase) ? JobRetention.None
        : throw new FormatException($"'{word}' is no retention: write Forever, None, or an object with Age, Count or both.");
}
