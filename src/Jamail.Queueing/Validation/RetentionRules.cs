namespace Jamail.Queueing;

/// <summary>Rules of <see cref="JobRetention"/>, wherever one is given.</summary>
internal static class RetentionRules
{
    /// <summary>What is wrong, by the name of the option; nothing where none is given.</summary>
    public static IEnumerable<string> FailuresOf(JobRetention? retention, string option)
    {
        if (retention?.Count < 0)
        {
            yield return $"{option}.Count is {retention.Count} but must be 0 or more; leave it unset for no limit by count.";
        }

        if (retention?.Age < TimeSpan.Zero)
        {
            yield return $"{option}.Age is {retention.Age} but must be zero or more; leave it unset for no limit by age.";
        }

        if (retention?.Limit < 1)
        {
            yield return $"{option}.Limit is {retention.Limit} but must be 1 or more; leave it unset for 1000.";
        }
    }
}
