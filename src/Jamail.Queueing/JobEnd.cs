using System.Text.Json;

namespace Jamail.Queueing;

/// <summary>How a job ended.</summary>
/// <param name="Id">The job.</param>
/// <param name="State"><see cref="JobState.Completed"/>, or <see cref="JobState.Failed"/> for good.</param>
/// <param name="ReturnValue">Completed: JSON, <c>null</c> where there was no result. Failed: <see langword="null"/>.</param>
/// <param name="FailedReason">Failed: why. Completed: <see langword="null"/>.</param>
public sealed record JobEnd(JobId Id, JobState State, string? ReturnValue, string? FailedReason)
{
    /// <summary>Reads the result.</summary>
    /// <typeparam name="TResult">What the processor returned.</typeparam>
    /// <returns>The result; <see langword="default"/> where there was none.</returns>
    /// <exception cref="InvalidOperationException">The job failed; the message says why it did.</exception>
    /// <exception cref="JsonException">The result is something else.</exception>
    public TResult? Result<TResult>() => State == JobState.Completed
        ? JsonSerializer.Deserialize<TResult>(ReturnValue ?? "null", JobPayloadJson.Options)
        : throw new InvalidOperationException($"Job '{Id}' has no result; it failed: {FailedReason}");
}
