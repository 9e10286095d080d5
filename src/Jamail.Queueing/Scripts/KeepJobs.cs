namespace Jamail.Queueing;

/// <summary>Retention as moveToFinished reads it. Count: null or -1 keeps all, 0 none.</summary>
internal readonly record struct KeepJobs(int? Count, long? AgeSeconds, int? Limit);
