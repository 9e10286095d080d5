using System.Text.Json;

namespace Jamail.Shared;

internal sealed record AllOfRule(IReadOnlyList<JsonSchemaNode> Nodes) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        foreach (var node in Nodes)
        {
            node.Apply(value, check);
        }
    }
}

internal sealed record AnyOfRule(IReadOnlyList<JsonSchemaNode> Nodes) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (!Nodes.Any(node => check.Passes(node, value)))
        {
            check.Violate($"It must be one of {Nodes.Count} forms that 'anyOf' allows, and is none.");
        }
    }
}

internal sealed record OneOfRule(IReadOnlyList<JsonSchemaNode> Nodes) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        if (Nodes.Count(node => check.Passes(node, value)) is var passed && passed != 1)
        {
            check.Violate($"It must be exactly one of {Nodes.Count} forms that 'oneOf' allows, and is {passed}.");
        }
    }
}

internal sealed record NotRule(JsonSchemaNode Node) : IJsonRule
{
    public void Apply(JsonElement value, JsonSchemaCheck check)
    {
        // What could not be compared to its end proves nothing.
        if (check.Passes(Node, value) || check.IsExhausted)
        {
            check.Violate("It is what 'not' forbids.");
        }
    }
}
