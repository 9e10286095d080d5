namespace Jamail.Mail;

/// <summary>Counts what one rendering has cost, and ends it.</summary>
internal sealed class TemplateBudget(TimeProvider clock, CancellationToken cancellationToken)
{
    private readonly long _start = clock.GetTimestamp();
    private int _steps;

    /// <exception cref="TemplateLimitException">There is nothing left.</exception>
    public void Step()
    {
        if (++_steps > TemplateLimits.Steps)
        {
            throw new TemplateLimitException(
                $"The template was stopped: it looked at its data more than {TemplateLimits.Steps} times. Look for loops within loops.");
        }

        CheckTime();
    }

    /// <exception cref="TemplateLimitException">The time is over.</exception>
    public void CheckTime()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (clock.GetElapsedTime(_start) > TemplateLimits.Time)
        {
            throw new TemplateLimitException(
                $"The template was stopped: it took longer than {TemplateLimits.Time.TotalSeconds:0} s. Look for loops within loops.");
        }
    }
}
