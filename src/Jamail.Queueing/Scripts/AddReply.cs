namespace Jamail.Queueing;

/// <summary>What addJobs answered for one job: an id, a refusal code below zero, or the text of a script error.</summary>
internal readonly record struct AddReply(string? Id, int Code, string? Fault);
