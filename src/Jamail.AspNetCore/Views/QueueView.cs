using Jamail.Queueing;

namespace Jamail.AspNetCore;

internal sealed record QueueView(string Name, bool IsPaused, JobCounts Counts);
