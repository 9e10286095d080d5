namespace Jamail.Webhooks;

/// <summary>Another host goes on with the task: what was begun here is undone.</summary>
internal sealed class TaskTakenException : Exception;
