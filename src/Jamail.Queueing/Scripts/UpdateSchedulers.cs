namespace Jamail.Queueing;

/// <summary>Makes the next jobs of many schedulers in one call (updateSchedulers-1).</summary>
internal sealed class UpdateSchedulers
{
    private readonly ScriptRunner _runner;
    private readonly QueueKeys _keys;
    private readonly LuaScript _script;
    private readonly WireCommand _beginning;

    public UpdateSchedulers(ScriptRunner runner, QueueKeys keys)
    {
        _runner = runner;
        _keys = keys;
        _script = runner.Scripts["updateSchedulers"];
        _beginning = WireCommand.OfScript(_script, [keys.Base]);
    }

    /// <summary>What waits goes on in the thread that reads replies.</summary>
    /// <returns>For each step null, or why its script failed.</returns>
    public Task<string?[]> RunAsync(IReadOnlyList<SchedulerStep> steps, long nowMs)
    {
        const int BytesPerStep = 512;
        var command = _beginning.Begin(steps.Count * BytesPerStep);
        command.Add(nowMs);
        foreach (var step in steps)
        {
            command.Add(step.SchedulerId);
            command.Add(step.NextMs);
            command.Add(step.Options.OpenJson.Span);
            command.Add(step.Options.Every);
            command.Add(step.Options.Offset);
            command.Add(step.Options.Priority);
            command.Add(step.Options.Lifo ? "lifo" : null);
            command.Add(step.Options.DeduplicationId);
            command.Add(step.TakenJobId);
            command.Add(step.TakenData);
        }

        return _runner.RunAsync(_script, _keys.Meta, new Call(steps.Count) { Command = command });
    }

    private sealed class Call(int count) : WireCall<string?[]>
    {
        protected override string?[] Read(ref WireReader reader)
        {
            var faults = new string?[count];
            for (var left = reader.Array(); left > 0; left -= 2)
            {
                var position = (int)reader.Number();
                faults[position - 1] = reader.Text();
            }

            return faults;
        }
    }
}
