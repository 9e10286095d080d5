namespace Jamail.Queueing;

/// <summary>One job of a bulk add.</summary>
/// <typeparam name="TPayload">What the job carries; <see cref="RawJson"/> for ready-made JSON.</typeparam>
/// <param name="Name">The kind of job; the worker chooses its processor by this.</param>
/// <param name="Payload">Stored with the job as UTF-8 JSON.</param>
/// <param name="Options">How to run it; <see langword="null"/> takes the queue's defaults.</param>
public sealed record NewJob<TPayload>(string Name, TPayload Payload, JobOptions? Options = null);
