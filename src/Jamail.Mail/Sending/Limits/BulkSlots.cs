using Microsoft.Extensions.Options;

namespace Jamail.Mail;

/// <summary>Bulk holds at most all slots of the worker but two, so that a code finds one whatever else is going on.</summary>
internal sealed class BulkSlots(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int KeptFree = 2;

    private readonly Pacing _pacing = new(clock);
    private readonly int _most = Math.Max(1, options.Value.Concurrency - KeptFree);
    private int _taken;

    /// <returns>Zero with a slot, which is to be given back; else when to come again.</returns>
    public TimeSpan Enter()
    {
        if (Interlocked.Increment(ref _taken) <= _most)
        {
            return TimeSpan.Zero;
        }

        Interlocked.Decrement(ref _taken);
        return _pacing.Next(_most);
    }

    public void Leave(TimeSpan time)
    {
        Interlocked.Decrement(ref _taken);
        _pacing.Took(time);
    }
}
