using System.Globalization;
using System.Text.Json.Nodes;

namespace Jamail.Interop.Tests.Differential;

/// <summary>One group of adds beside the single adds it stands for (BullMQ's own scripts).</summary>
internal static class GroupAddCase
{
    private const string Prefix = "bull:q:";

    /// <summary>Replies what tells how a text differs from the single adds.</summary>
    public static Func<string, string> Prepare(DifferentialRig rig, Random random, IReadOnlyList<object?> state, CallMaker maker, int count)
    {
        var arguments = new List<object?> { Prefix };
        var singles = new List<(string Text, ScriptCall Call)>();
        while (singles.Count < count)
        {
            var plain = random.Next(3) > 0;
            var (list, data, options) = maker.AddParts(plain || random.Next(2) == 0 ? "addStandardJob" : "addDelayedJob");
            if (plain)
            {
                options = new Map { ["attempts"] = 3, ["lifo"] = random.Next(6) == 0 };
                (list[4], list[5], list[6], list[7], list[8], list[9]) = (null, null, null, null, null, null);
            }

            if (options["delay"] is double delay)
            {
                options["delay"] = Math.Ceiling(delay * 10);
            }

            var waitsForChildren = !plain && random.Next(8) == 0;
            var script = waitsForChildren ? "addParentJob"
                : Number(options["delay"]) > 0 ? "addDelayedJob"
                : Number(options["priority"]) != 0 ? "addPrioritizedJob"
                : "addStandardJob";
            singles.Add((rig.Oracle.TextOf(script), new ScriptCall(
                script, [.. CallMaker.AddKeys[script].Split(' ').Select(suffix => Prefix + suffix)],
                [Packed.Of(list), data, Packed.Of(options)])));
            arguments.AddRange(
            [
                list[1], list[2], data, Json(options).ToJsonString(), Text(list[3]), Mode(list, options, waitsForChildren),
            ]);
        }

        var group = new ScriptCall(
            "addJobs",
            [.. "wait paused meta id completed delayed active events marker prioritized pc waiting-children"
                .Split(' ').Select(suffix => Prefix + suffix)],
            arguments);
        var expected = rig.Play(state, singles, jsonByValue: true);
        return text =>
        {
            var found = rig.Play(state, [(text, group)], jsonByValue: true);
            var replies = Replies(found.Replies[0], count);
            var difference = expected.State.Compare(found.State);
            if (!ReplyText.Same(expected.Replies, replies, null, 0))
            {
                difference += $"replies expected {ReplyText.Of(expected.Replies)}\n        found    {ReplyText.Of(found.Replies[0])}\n";
            }

            return difference.Length == 0 ? "" : $"--- {group}\n{difference}";
        };
    }

    private static double Number(object? value) => Convert.ToDouble(value ?? 0, CultureInfo.InvariantCulture);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Mode(List<object?> list, Map options, bool waitsForChildren)
    {
        var isPlain = list[4] is null && list[7] is null && options["de"] is null && !waitsForChildren
            && Number(options["delay"]) == 0 && Number(options["priority"]) == 0;
        var lifo = options["lifo"] is true;
        if (isPlain)
        {
            return lifo ? "lifo" : "";
        }

        var more = new Map
        {
            ["lifo"] = lifo, ["waitsForChildren"] = waitsForChildren,
            ["delay"] = Text(options["delay"] ?? 0), ["priority"] = Text(options["priority"] ?? 0),
        };
        void Set(string name, object? value)
        {
            if (value is not null)
            {
                more[name] = value;
            }
        }

        Set("de", options["de"]);
        Set("parentKey", list[4]);
        Set("dependenciesKey", list[5]);
        Set("parent", list[6] is Map parent ? Json(parent).ToJsonString() : null);
        Set("rjk", list[7]);
        Set("defer", list[9]);
        return Json(more).ToJsonString();
    }

    internal static JsonNode Json(object? value) => value switch
    {
        Map map => new JsonObject(map.Pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Json(pair.Value)))),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        _ => throw new ArgumentException($"Not for JSON: {value}", nameof(value)),
    };

    private static object? Replies(object? reply, int count)
    {
        if (reply is not List<object?> parts)
        {
            return reply;
        }

        var ids = ((List<object?>)parts[0]!).ToList();
        var refused = (List<object?>)parts[1]!;
        for (var i = 0; i < refused.Count; i += 3)
        {
            var position = (int)(long)refused[i]! - 1;
            ids[position] = (long)refused[i + 1]! == 0 ? new RespError((string)refused[i + 2]!) : refused[i + 1];
        }

        return ids.Count == count ? ids : reply;
    }
}
