using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Jamail.Webhooks;

/// <summary>The members of an object in ECMAScript's order.</summary>
internal static class EcmaMembers
{
    /// <summary>
    /// Array indices first, ascending; the others where their name first stood. Of members with one name the last value
    /// counts.
    /// </summary>
    public static List<KeyValuePair<string, JsonElement>> Of(JsonElement element)
    {
        var members = new List<KeyValuePair<string, JsonElement>>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var indices = 0;
        foreach (var property in element.EnumerateObject())
        {
            var name = EcmaString.Read(JsonMarshal.GetRawUtf8PropertyName(property));
            if (places.TryGetValue(name, out var place))
            {
                members[place] = new(name, property.Value);
                continue;
            }

            places.Add(name, members.Count);
            members.Add(new(name, property.Value));
            indices += IsArrayIndex(name, out _) ? 1 : 0;
        }

        return indices == 0 ? members : InOrder(members);
    }

    private static List<KeyValuePair<string, JsonElement>> InOrder(List<KeyValuePair<string, JsonElement>> members) =>
        [.. members.OrderBy(member => IsArrayIndex(member.Key, out var index) ? index : uint.MaxValue)];

    // 0 to 2^32 - 2, written without leading zeros.
    private static bool IsArrayIndex(string name, out uint index)
    {
        index = 0;
        return name.Length is > 0 and <= 10
            && (name[0] != '0' || name.Length == 1)
            && uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && index != uint.MaxValue;
    }
}
