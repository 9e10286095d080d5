namespace Jamail.Queueing;

/// <summary>What became of one flow of a bulk add: the flow or an error, never both.</summary>
/// <param name="Flow">The jobs added; <see langword="null"/> when the flow was refused, as a whole.</param>
/// <param name="Error">Why it was refused; <see langword="null"/> when it was added.</param>
public sealed record FlowResult(AddedFlow? Flow, JobQueueException? Error);
