namespace Jamail.Mail;

/// <summary>
/// Leaves a mail server alone that fails: five failures within a minute open it for 30 seconds, then one mail at a time tries
/// it; each failed try doubles the time, up to 10 minutes.
/// </summary>
internal sealed class ProviderCircuit(TimeProvider clock)
{
    private const int FailuresToOpen = 5;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Queue<long> _failures = new();
    private TimeSpan _openFor = Shortest;
    private long _openedAt;
    private bool _isOpen;
    private bool _isProbed;

    /// <summary>Why it is open; null while it is closed.</summary>
    public string? Reason { get; private set; }

    public string State
    {
        get
        {
            lock (_gate)
            {
                return !_isOpen ? "closed" : Left() > TimeSpan.Zero ? "open" : "half-open";
            }
        }
    }

    /// <summary>How long the server is to be left alone; zero lets the caller through, who then tells how it went.</summary>
    public TimeSpan Enter()
    {
        lock (_gate)
        {
            if (!_isOpen)
            {
                return TimeSpan.Zero;
            }

            if (Left() is var left && left > TimeSpan.Zero)
            {
                return left;
            }

            if (_isProbed)
            {
                return TimeSpan.FromSeconds(1);
            }

            _isProbed = true;
            return TimeSpan.Zero;
        }
    }

    /// <summary>The server works.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            Close();
        }
    }

    /// <summary>Nothing was learnt about the server.</summary>
    public void GoesUntried()
    {
        lock (_gate)
        {
            _isProbed = false;
        }
    }

    /// <summary>The server failed.</summary>
    /// <param name="reason">How, for people.</param>
    /// <param name="atOnce">Whether once is enough: it will fail again until somebody acts.</param>
    /// <returns>Whether it is left alone from now on, and was not before.</returns>
    public bool Failed(string reason, bool atOnce)
    {
        lock (_gate)
        {
            if (_isOpen)
            {
                if (_isProbed)
                {
                    _openFor = _openFor * 2 < Longest ? _openFor * 2 : Longest;
                    Open(reason);
                }

                return false;
            }

            var now = clock.GetTimestamp();
            _failures.Enqueue(now);
            while (clock.GetElapsedTime(_failures.Peek(), now) > Window)
            {
                _failures.Dequeue();
            }

            if (!atOnce && _failures.Count < FailuresToOpen)
            {
                return false;
            }

            Open(reason);
            return true;
        }
    }

    private TimeSpan Left() => _openFor - clock.GetElapsedTime(_openedAt);

    private void Open(string reason)
    {
        (_isOpen, _isProbed, _openedAt, Reason) = (true, false, clock.GetTimestamp(), reason);
        _failures.Clear();
    }

    private void Close()
    {
        (_isOpen, _isProbed, _openFor, Reason) = (false, false, Shortest, null);
        _failures.Clear();
    }
}
