namespace Jamail.AspNetCore;

internal sealed record QueueStateView(string Name, bool IsPaused);
