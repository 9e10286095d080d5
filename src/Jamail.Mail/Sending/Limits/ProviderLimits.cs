using System.Globalization;
using Jamail.Queueing;
using Jamail.Shared;

namespace Jamail.Mail;

/// <summary>
/// The rate and the concurrency of one mail server, shared by all hosts through Redis. Mails that ask together are one call.
/// A server without limits that never complained is asked about once a second, to hear of complaints to other hosts.
/// </summary>
internal sealed class ProviderLimits : IAsyncDisposable
{
    private static readonly TimeSpan HearAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ChangedAfter = TimeSpan.FromMilliseconds(10);

    private readonly OwnKeys _keys;
    private readonly LuaScript _script;
    private readonly QueueName _queue = new(MailOptions.QueueName);
    private readonly string _name;
    private readonly string _host;
    private readonly double? _rate;
    private readonly int? _most;
    private readonly int? _quota;
    private readonly TimeProvider _clock;
    private readonly GroupRunner<Request, SendPermit> _calls;
    private long _calledAt;
    private int _sending;
    private int _accepted;
    private long _rateNow = -1;

    public ProviderLimits(
        OwnKeys keys, LuaScript script, string name, string host, double? rate, int? most, int? quota, TimeProvider clock)
    {
        (_keys, _script, _name, _host, _rate, _most, _quota, _clock) = (keys, script, name, host, rate, most, quota, clock);
        _calls = new(CallAsync);
    }

    private enum Request
    {
        Report,
        Mail,
        Bulk,
        Throttled,
    }

    /// <summary>Mails per second that the server bears now; null without a limit.</summary>
    public double? RateNow => Volatile.Read(ref _rateNow) is >= 0 and var rate ? rate / 1000.0 : null;

    /// <summary>Asks to send a mail; one that is granted ends with <see cref="Done"/>.</summary>
    public async ValueTask<SendPermit> TakeAsync(bool isBulk, CancellationToken cancellationToken)
    {
        if (IsFree())
        {
            Interlocked.Increment(ref _sending);
            return SendPermit.Granted;
        }

        try
        {
            return await _calls.RunAsync(isBulk ? Request.Bulk : Request.Mail, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The mail server was changed; the next try meets the new one.
            return new SendPermit(false, ChangedAfter);
        }
    }

    public void Done(bool accepted)
    {
        Interlocked.Decrement(ref _sending);
        Interlocked.Add(ref _accepted, accepted ? 1 : 0);
        if (_most is not null)
        {
            Tell(Request.Report);
        }
    }

    /// <summary>The server said that it is too much.</summary>
    public void Throttled() => Tell(Request.Throttled);

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    private bool IsFree() =>
        _rate is null && _most is null && _quota is null && Volatile.Read(ref _rateNow) < 0
        && Volatile.Read(ref _calledAt) is var at && at != 0 && _clock.GetElapsedTime(at) < HearAfter;

    private void Tell(Request request) =>
        _ = _calls.RunAsync(request, CancellationToken.None).ContinueWith(
            failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private async Task<IReadOnlyList<SendPermit>> CallAsync(IReadOnlyList<Request> requests, CancellationToken cancellationToken)
    {
        var accepted = Interlocked.Exchange(ref _accepted, 0);
        long[] reply;
        try
        {
            reply = await _keys.RunAsync(
                _script,
                _queue,
                [$"limits:{_name}"],
                _rate?.ToString(CultureInfo.InvariantCulture) ?? "",
                _most?.ToString(CultureInfo.InvariantCulture) ?? "",
                _host,
                Volatile.Read(ref _sending).ToString(CultureInfo.InvariantCulture),
                Count(Request.Mail),
                Count(Request.Bulk),
                accepted.ToString(CultureInfo.InvariantCulture),
                requests.Contains(Request.Throttled) ? "1" : "0",
                _quota?.ToString(CultureInfo.InvariantCulture) ?? "").ConfigureAwait(false);
        }
        catch (JobQueueException)
        {
            // Without Redis nothing is taken from the queue for long either.
            Interlocked.Add(ref _accepted, accepted);
            return [.. requests.Select(_ => new SendPermit(false, HearAfter))];
        }

        Volatile.Write(ref _calledAt, _clock.GetTimestamp());
        Volatile.Write(ref _rateNow, reply[4]);
        Interlocked.Add(ref _sending, (int)(reply[0] + reply[1]));
        return Permits(requests, mails: reply[0], bulk: reply[1], wait: reply[2], step: reply[3], usedUpFor: reply[5]);

        string Count(Request kind) => requests.Count(request => request == kind).ToString(CultureInfo.InvariantCulture);
    }

    private static SendPermit[] Permits(IReadOnlyList<Request> requests, long mails, long bulk, long wait, long step, long usedUpFor)
    {
        var permits = new SendPermit[requests.Count];
        for (var i = 0; i < permits.Length; i++)
        {
            permits[i] = requests[i] switch
            {
                Request.Mail when mails-- > 0 => SendPermit.Granted,
                Request.Bulk when bulk-- > 0 => SendPermit.Granted,
                Request.Mail or Request.Bulk => Refused(),
                _ => default,
            };
        }

        return permits;

        SendPermit Refused()
        {
            if (usedUpFor > 0)
            {
                return new SendPermit(false, TimeSpan.FromMilliseconds(usedUpFor), IsUsedUp: true);
            }

            var refused = new SendPermit(false, TimeSpan.FromMilliseconds(wait));
            wait += step;
            return refused;
        }
    }
}
