using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>Adds many jobs in one call (addJobs-12).</summary>
internal sealed class AddJobs
{
    private static readonly byte[] Lifo = "lifo"u8.ToArray();

    private readonly ScriptRunner _runner;
    private readonly QueueKeys _keys;
    private readonly LuaScript _script;
    private readonly WireCommand _beginning;

    public AddJobs(ScriptRunner runner, QueueKeys keys)
    {
        _runner = runner;
        _keys = keys;
        _script = runner.Scripts["addJobs"];
        _beginning = WireCommand.OfScript(
            _script,
            [
                keys.Wait, keys.Paused, keys.Meta, keys.Id, keys.Completed, keys.Delayed, keys.Active, keys.Events, keys.Marker,
                keys.Prioritized, keys.PriorityCounter, keys.WaitingChildren,
            ]);
        _beginning.Add(keys.Base);
    }

    /// <summary>
    /// Adds the jobs in order; each has its own reply. Unless <paramref name="withText"/>, the call has been sent when the task
    /// is returned.
    /// </summary>
    /// <param name="jobs">At least one.</param>
    /// <param name="withText">For a Redis that may not know the script yet, or to which there may be no connection yet.</param>
    public Task<AddReply[]> RunAsync(IReadOnlyList<JobToAdd> jobs, bool withText)
    {
        _runner.Metrics.GroupSent(_keys.Queue, _script.Name, jobs.Count);
        return _runner.RunOnceAsync(_script, _keys.Meta, new Call(jobs.Count) { Command = Encode(jobs) }, withText);
    }

    internal WireCommand Encode(IReadOnlyList<JobToAdd> jobs)
    {
        const int BytesPerJob = 256;
        var command = _beginning.Begin(jobs.Count * BytesPerJob);
        for (var i = 0; i < jobs.Count; i++)
        {
            var job = jobs[i];
            command.Add(job.Id);
            command.Add(job.Name);
            command.Add(job.Data.Span);
            command.Add(job.OptionsJson.Span);
            command.Add(job.Timestamp);
            command.Add(Mode(job));
        }

        return command;
    }

    private static byte[] Mode(JobToAdd job)
    {
        if (job is { DelayMs: <= 0, Priority: 0, Deduplication: null, Parent: null })
        {
            return job.Lifo ? Lifo : [];
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JobPayloadJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("lifo"u8, job.Lifo);
            writer.WriteString("delay"u8, job.DelayMs.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("priority"u8, job.Priority.ToString(CultureInfo.InvariantCulture));
            if (job.Deduplication is { } deduplication)
            {
                DeduplicationJson.Write(writer, deduplication);
            }

            if (job.Parent is { } parent)
            {
                writer.WriteString("parentKey"u8, parent.Key);
                writer.WriteString("dependenciesKey"u8, parent.DependenciesKey);
                writer.WriteString("parent"u8, parent.Json);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private sealed class Call(int count) : WireCall<AddReply[]>
    {
        protected override AddReply[] Read(ref WireReader reader)
        {
            reader.Array();
            var replies = new AddReply[reader.Array()];
            for (var i = 0; i < replies.Length; i++)
            {
                replies[i] = new AddReply(reader.Text()!, 0, null);
            }

            for (var left = reader.Array(); left > 0; left -= 3)
            {
                var position = (int)reader.Number();
                var code = (int)reader.Number();
                var fault = reader.Text();
                replies[position - 1] = new AddReply(null, code, code == 0 ? fault : null);
            }

            return replies.Length == count
                ? replies
                : throw new InvalidDataException($"addJobs answered {replies.Length} of {count} jobs.");
        }
    }
}
