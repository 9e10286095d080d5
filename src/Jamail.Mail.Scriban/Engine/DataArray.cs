using Scriban.Runtime;

namespace Jamail.Mail.Scriban;

/// <summary>A JSON array as templates see it.</summary>
internal sealed class DataArray(string path, IEnumerable<object?> items) : ScriptArray(items)
{
    public string Path => path;
}
