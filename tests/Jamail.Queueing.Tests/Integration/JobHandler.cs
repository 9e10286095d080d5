using System.Text.Json;

namespace Jamail.Queueing.Tests.Integration;

/// <summary>What a test's processor does with a job.</summary>
internal delegate Task<JobOutcome> JobHandler(Job<JsonElement> job, CancellationToken cancellationToken);
