using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jamail.AspNetCore;

/// <summary>Stored JSON for people to look at: the values of members called <c>secret</c> are not shown, wherever they are.</summary>
internal static class MaskedJson
{
    private const string Mask = "***";

    public static JsonNode? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            var node = JsonNode.Parse(text);
            Conceal(node);
            return node;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            // What others stored need not be JSON; members of the same name twice are an ArgumentException.
            return text.Contains("secret", StringComparison.OrdinalIgnoreCase) ? Mask : text;
        }
    }

    private static void Conceal(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in members.Select(member => member.Key).ToList())
                {
                    if (name.Equals("secret", StringComparison.OrdinalIgnoreCase) && members[name] is not null)
                    {
                        members[name] = Mask;
                    }
                    else
                    {
                        Conceal(members[name]);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Conceal(item);
                }

                break;
        }
    }
}
