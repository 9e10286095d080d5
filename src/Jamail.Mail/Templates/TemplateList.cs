using System.Collections;

namespace Jamail.Mail;

/// <summary>A JSON array as the engine sees it; every look counts.</summary>
internal sealed class TemplateList(List<object?> items, TemplateBudget budget) : IReadOnlyList<object?>
{
    public int Count => items.Count;

    public object? this[int index]
    {
        get
        {
            budget.Step();
            return items[index];
        }
    }

    public IEnumerator<object?> GetEnumerator()
    {
        foreach (var item in items)
        {
            budget.Step();
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
