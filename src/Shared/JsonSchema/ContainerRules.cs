using System.Globalization;
using System.Text.Json;

namespace Jamail.Shared;

internal sealed record ItemsRule(JsonSchemaNode Each) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                check.Under((index++).ToString(CultureInfo.InvariantCulture), Each, item);
            }
        }
    }
}

internal sealed record ItemCountRule(int Least, int Most) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is var count && (count < Least || count > Most))
        {
            check.Violate(count < Least ? $"It must have at least {Least} items." : $"It must have at most {Most} items.");
        }
    }
}

internal sealed record UniqueRule(bool IsOn) : IJsonRule
{
    private const int MaxCompared = 1000;

    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (!IsOn || value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var items = value.EnumerateArray().ToList();
        if (items.Count > MaxCompared)
        {
            check.Violate($"It has more than {MaxCompared} items, too many to tell whether all differ.");
            return;
        }

        for (var index = 1; index < items.Count; index++)
        {
            if (items.Take(index).Any(earlier => JsonElement.DeepEquals(earlier, items[index])))
            {
                check.Violate($"Its items must differ, and item {index} repeats an earlier one.");
                return;
            }
        }
    }
}

internal sealed record MemberCountRule(int Least, int Most) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() is var count && (count < Least || count > Most))
        {
            check.Violate(count < Least ? $"It must have at least {Least} members." : $"It must have at most {Most} members.");
        }
    }
}

internal sealed record RequiredRule(IReadOnlyList<string> Names) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in Names.Where(name => !value.TryGetProperty(name, out _)))
            {
                check.Violate($"Member '{name}' is missing.");
            }
        }
    }
}

/// <param name="Declared">What the named members must be.</param>
/// <param name="Others">What all other members must be; null when anything goes.</param>
internal sealed record PropertiesRule(IReadOnlyDictionary<string, JsonSchemaNode> Declared, JsonSchemaNode? Others) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if ((Declared.GetValueOrDefault(member.Name) ?? Others) is { } node)
            {
                check.Under(member.Name, node, member.Value);
            }
        }
    }
}
