using System.Text.Json;

namespace Jamail.Interop.Tests.Differential;

/// <summary>The next jobs of many schedulers in one group, beside BullMQ's single updates.</summary>
internal static class GroupSchedulersCase
{
    private const string Prefix = "bull:q:";

    // Without what the script adds, and the closing brace.
    private static string OpenJson(Map options) => JsonOf(options)[..^1];

    private static string JsonOf(object? value) => value switch
    {
        Map map => $"{{{string.Join(',', map.Pairs.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}:{JsonOf(pair.Value)}"))}}}",
        _ => JsonSerializer.Serialize(value),
    };

    /// <summary>Replies what tells how a text differs from the single updates.</summary>
    public static Func<string, string> Prepare(DifferentialRig rig, IReadOnlyList<object?> state, CallMaker maker, long now, int count)
    {
        var arguments = new List<object?> { now };
        var singles = new List<(string Text, ScriptCall Call)>();
        for (var i = 0; i < count; i++)
        {
            var call = maker.Make("updateJobScheduler");
            singles.Add((rig.Oracle.TextOf(call.Script), rig.Oracle.CallOf(call)));
            var given = call.Arguments;
            var options = maker.LastSchedulerOptions;
            var repeat = options["repeat"] as Map;
            arguments.AddRange(
            [
                given[1], given[0], OpenJson(options), repeat?["every"] ?? "", repeat?["offset"] ?? "", options["priority"] ?? 0,
                options["lifo"] is true ? "lifo" : "", (options["de"] as Map)?["id"] ?? "", given[6], "",
            ]);
        }

        var group = new ScriptCall("updateSchedulers", [Prefix], arguments);
        var expected = rig.Play(state, singles, jsonByValue: true);
        return text =>
        {
            var found = rig.Play(state, [(text, group)], jsonByValue: true);
            var difference = expected.State.Compare(found.State);
            var failed = expected.Replies.Index().Where(reply => reply.Item is RespError).Select(reply => reply.Index + 1L).ToList();
            var faults = found.Replies[0] is List<object?> reply
                ? reply.Where((_, at) => at % 2 == 0).Select(position => (long)position!).ToList()
                : null;
            if (faults is null || !failed.SequenceEqual(faults))
            {
                difference += $"failed expected {string.Join(' ', failed)}\n        found    {ReplyText.Of(found.Replies[0])}\n";
            }

            return difference.Length == 0 ? "" : $"--- {group}\n{difference}";
        };
    }
}
