namespace Jamail.Queueing;

/// <summary>Options of a scheduler's next job, as updateSchedulers takes them.</summary>
/// <param name="OpenJson">Their JSON without the closing brace and without delay and jobId, which the script adds.</param>
/// <param name="Every">repeat.every, for a record that has none.</param>
/// <param name="Offset">repeat.offset, for a record that has none.</param>
/// <param name="Priority">0 for none.</param>
/// <param name="Lifo">Before the others that wait.</param>
/// <param name="DeduplicationId">Stored with the job.</param>
internal sealed record StepOptions(
    ReadOnlyMemory<byte> OpenJson, string? Every, string? Offset, int Priority, bool Lifo, string? DeduplicationId);
