namespace Jamail.Bench;

/// <summary>Jobs added and worked off: jobs/s, and µs of Redis's CPU for each.</summary>
internal readonly record struct WorkFigure(double AddRate, double AddMicros, double ProcessRate, double ProcessMicros);
