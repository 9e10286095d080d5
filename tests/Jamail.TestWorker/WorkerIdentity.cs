using StackExchange.Redis;

namespace Jamail.TestWorker;

/// <summary>Who works, and a Redis connection of its own for the records, so that the worker's own traffic stays as it is.</summary>
public sealed record WorkerIdentity(string Name, IDatabase Records);
