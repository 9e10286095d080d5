using System.Globalization;
using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>
/// What stands before every endpoint, over all hosts: a circuit that opens when it fails, a cap on requests under way, a bucket
/// of tokens. Nothing waits in a slot: a delivery that may not pass is told when to come again, and called before that when a place
/// is free.
/// </summary>
internal sealed class EndpointGate
{
    private static readonly QueueName Queue = WebhooksOptions.QueueName;
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(30);

    private readonly OwnKeys _keys;
    private readonly GateCalls _calls;
    private readonly Lazy<IJobQueueInspector> _jobs;
    private readonly HostShare _share;
    private readonly WebhookMetrics _metrics;
    private readonly TimeProvider _clock;

    public EndpointGate(
        OwnKeys keys, GateCalls calls, IJobQueues queues, IOptions<WebhooksOptions> options, WebhookMetrics metrics, TimeProvider clock)
    {
        _keys = keys;
        _calls = calls;
        _jobs = new Lazy<IJobQueueInspector>(() => queues.Inspect(Queue));
        _share = new HostShare(options.Value.Concurrency, clock);
        _metrics = metrics;
        _clock = clock;
        metrics.CountInFlight(() => _share.Total);
    }

    /// <param name="gate">What the endpoint and its tenant bear.</param>
    /// <param name="deliveryId">What wants to pass.</param>
    /// <param name="job">Its job, which is called when a place is free.</param>
    /// <exception cref="JobQueueException">Redis does not answer.</exception>
    public async Task<GatePass> EnterAsync(GateTerms gate, string deliveryId, WaitingJob job)
    {
        var hasRoom = await _share.TryTakeAsync(gate.WebhookId, gate.MaxInFlight).ConfigureAwait(false);
        GatePass? pass = null;
        try
        {
            return pass = await EnterAsync(gate, deliveryId, job, hasRoom).ConfigureAwait(false);
        }
        finally
        {
            if (hasRoom && pass is not GatePass.Entered)
            {
                _share.Give(gate.WebhookId, took: null);
            }
        }
    }

    /// <summary>Must be called once for each pass; never fails. A Redis that is away forgets the pass by its lease.</summary>
    /// <param name="pass">What was given.</param>
    /// <param name="succeeded">What the request tells about the endpoint; null when nothing.</param>
    public async Task LeaveAsync(GatePass.Entered pass, bool? succeeded)
    {
        _share.Give(pass.Gate.WebhookId, _clock.GetElapsedTime(pass.At));
        try
        {
            var reply = await _calls.RunAsync(GateCall.Leave(pass, succeeded)).ConfigureAwait(false);
            if (reply[0] != "0")
            {
                _metrics.CircuitTurned(isOpen: reply[0] == "1");
            }

            foreach (var id in reply.Skip(1))
            {
                await CallAsync(JobId.Parse(id)).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is JobQueueException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Closes the circuit of an endpoint that its owner enabled.</summary>
    public async Task ForgetAsync(string webhookId)
    {
        try
        {
            await _keys.RemoveAsync(Queue, $"circuit:{webhookId}").ConfigureAwait(false);
            await _keys.RemoveAsync(Queue, $"pace:{webhookId}").ConfigureAwait(false);
            await _keys.RemoveAsync(Queue, $"paced:{webhookId}").ConfigureAwait(false);
        }
        catch (JobQueueException)
        {
            // The circuit closes by itself, after the next probe.
        }
    }

    private async Task<GatePass> EnterAsync(GateTerms gate, string deliveryId, WaitingJob job, bool hasRoom)
    {
        var reply = await _calls.RunAsync(GateCall.Enter(gate, deliveryId, job, hasRoom)).ConfigureAwait(false);
        var (code, value) = (int.Parse(reply[0], CultureInfo.InvariantCulture), long.Parse(reply[1], CultureInfo.InvariantCulture));
        if (code == 0)
        {
            return new GatePass.Entered(gate, deliveryId, value == 1, _clock.GetTimestamp());
        }

        var reason = (GateReason)code;
        _metrics.Waited(reason);
        return new GatePass.Wait(reason, Spread(reason, TimeSpan.FromMilliseconds(value)));
    }

    // It may have come due just now; then it runs all the same.
    private async Task CallAsync(JobId job)
    {
        try
        {
            await _jobs.Value.PromoteAsync(job).ConfigureAwait(false);
        }
        catch (JobQueueException)
        {
        }
    }

    // Not all at once: not when a circuit closes, nor when so many wait that all of them got the longest time.
    private static TimeSpan Spread(GateReason reason, TimeSpan wait) =>
        reason == GateReason.Circuit ? (wait * (1 + (0.2 * Random.Shared.NextDouble()))) + TimeSpan.FromMilliseconds(20)
        : wait >= LongWait ? wait * (0.5 + (0.5 * Random.Shared.NextDouble()))
        : wait;
}
