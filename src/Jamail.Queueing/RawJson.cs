namespace Jamail.Queueing;

/// <summary>
/// A payload that is JSON already: stored with a job, or handed to a processor, byte for byte.
/// </summary>
/// <param name="Utf8">One JSON value in UTF-8, without a byte order mark.</param>
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);
