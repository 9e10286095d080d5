namespace Jamail.Queueing;

/// <summary>The lists and sets that hold the jobs of a state, by their wire names.</summary>
internal static class StateNames
{
    /// <exception cref="ArgumentOutOfRangeException">Unknown: it has none.</exception>
    public static string[] Of(JobState state) => state switch
    {
        JobState.Waiting => ["wait", "paused"],
        JobState.Prioritized => ["prioritized"],
        JobState.Delayed => ["delayed"],
        JobState.Active => ["active"],
        JobState.WaitingChildren => ["waiting-children"],
        JobState.Completed => ["completed"],
        JobState.Failed => ["failed"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Jobs cannot be listed by this state; give another."),
    };
}
