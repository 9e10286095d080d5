namespace Jamail.Mail;

/// <summary>
/// How many mails of this process are with one mail server. Bulk leaves one connection free and does not wait for one, so
/// that others find one; these wait in the pool, behind nobody but each other.
/// </summary>
internal sealed class ProviderPlaces(int connections)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public int Connections => connections;

    public bool TryEnter(bool isBulk)
    {
        var most = isBulk ? Math.Max(1, connections - 1) : int.MaxValue;
        while (true)
        {
            var taken = Volatile.Read(ref _taken);
            if (taken >= most)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _taken, taken + 1, taken) == taken)
            {
                return true;
            }
        }
    }

    public void Leave() => Interlocked.Decrement(ref _taken);
}
