using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Jamail.Mail;

/// <summary>A JSON object as the engine sees it; every look counts.</summary>
internal sealed class TemplateMap(Dictionary<string, object?> members, TemplateBudget budget) : IReadOnlyDictionary<string, object?>
{
    public int Count => members.Count;

    public IEnumerable<string> Keys => members.Keys;

    public IEnumerable<object?> Values => members.Values;

    public object? this[string key] => TryGetValue(key, out var value) ? value : null;

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        budget.Step();
        return members.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        foreach (var member in members)
        {
            budget.Step();
            yield return member;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
