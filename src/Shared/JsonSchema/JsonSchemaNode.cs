using System.Text.Json;

namespace Jamail.Shared;

/// <summary>A schema or a part of one. Rules are added while it is read: a reference may lead to a part that is still being read.</summary>
internal sealed class JsonSchemaNode
{
    public List<IJsonRule> Rules { get; } = [];

    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (!check.TryEnter())
        {
            return;
        }

        foreach (var rule in Rules)
        {
            rule.Apply(value, check);
        }

        check.Leave();
    }
}
