using System.Globalization;
using Jamail.Queueing;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>
/// What stands before every endpoint, over all hosts: a circuit that opens when it fails, a cap on requests under way, a bucket
/// of tokens. Nothing waits in a slot: a delivery that may not pass is told when to come again.
/// </summary>
internal sealed class EndpointGate
{
    private static readonly QueueName Queue = WebhooksOptions.QueueName;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly WebhooksOptions _options;
    private readonly OwnKeys _keys;
    private readonly GateScripts _scripts;
    private readonly HostShare _share;
    private readonly WebhookMetrics _metrics;
    private readonly TimeProvider _clock;

    public EndpointGate(
        OwnKeys keys, GateScripts scripts, IOptions<WebhooksOptions> options, WebhookMetrics metrics, TimeProvider clock)
    {
        _options = options.Value;
        _keys = keys;
        _scripts = scripts;
        _share = new HostShare(_options.Concurrency, clock);
        _metrics = metrics;
        _clock = clock;
        metrics.CountInFlight(() => _share.Total);
    }

    /// <exception cref="JobQueueException">Redis does not answer.</exception>
    public async Task<GatePass> EnterAsync(GateTerms gate, string deliveryId)
    {
        var hasRoom = await _share.TryTakeAsync(gate.WebhookId).ConfigureAwait(false);
        GatePass? pass = null;
        try
        {
            return pass = await EnterAsync(gate, deliveryId, hasRoom).ConfigureAwait(false);
        }
        finally
        {
            if (hasRoom && pass is not GatePass.Entered)
            {
                _share.Give(gate.WebhookId, took: null);
            }
        }
    }

    private async Task<GatePass> EnterAsync(GateTerms gate, string deliveryId, bool hasRoom)
    {
        var (code, value) = await RunAsync(
            _scripts.Enter,
            gate,
            deliveryId,
            Ms(gate.Lease),
            Text(gate.MaxInFlight),
            Text(gate.RatePerSecond ?? 0),
            Text(_options.MaxInFlightPerTenant),
            hasRoom ? "0" : "1",
            Ms(Kept)).ConfigureAwait(false);
        if (code == 0)
        {
            return new GatePass.Entered(gate, deliveryId, value == 1, _clock.GetTimestamp());
        }

        var reason = (GateReason)code;
        _metrics.Waited(reason);
        var wait = TimeSpan.FromMilliseconds(value);
        return new GatePass.Wait(reason, reason == GateReason.Circuit ? Later(wait) : wait);
    }

    /// <summary>Must be called once for each pass. A Redis that is away forgets the pass by its lease.</summary>
    /// <param name="pass">What was given.</param>
    /// <param name="succeeded">What the request tells about the endpoint; null when nothing.</param>
    public async Task LeaveAsync(GatePass.Entered pass, bool? succeeded)
    {
        _share.Give(pass.Gate.WebhookId, _clock.GetElapsedTime(pass.At));
        try
        {
            var (code, _) = await RunAsync(
                _scripts.Leave,
                pass.Gate,
                pass.DeliveryId,
                succeeded switch { null => "0", true => "1", false => "2" },
                Ms(_clock.GetElapsedTime(pass.At)),
                Text(_options.CircuitFailures),
                Ms(_options.CircuitOpen),
                Ms(_options.CircuitOpenAtMost),
                Ms(Kept + _options.CircuitOpenAtMost),
                pass.IsProbe ? "1" : "0").ConfigureAwait(false);
            if (code != 0)
            {
                _metrics.CircuitTurned(isOpen: code == 1);
            }
        }
        catch (JobQueueException)
        {
        }
    }

    /// <summary>Closes the circuit of an endpoint that its owner enabled.</summary>
    public async Task ForgetAsync(string webhookId)
    {
        try
        {
            await _keys.RemoveAsync(Queue, Circuit(webhookId)).ConfigureAwait(false);
            await _keys.RemoveAsync(Queue, Pace(webhookId)).ConfigureAwait(false);
        }
        catch (JobQueueException)
        {
            // The circuit closes by itself, after the next probe.
        }
    }

    private async Task<(long Code, long Value)> RunAsync(LuaScript script, GateTerms gate, params string[] arguments)
    {
        string[] names = [Circuit(gate.WebhookId), $"flight:{gate.WebhookId}", Pace(gate.WebhookId), $"tenant:{gate.Tenant}"];
        var reply = await _keys.RunAsync(script, Queue, names, arguments).ConfigureAwait(false);
        return (reply[0], reply[1]);
    }

    // Not all at once when it closes.
    private static TimeSpan Later(TimeSpan wait) => (wait * (1 + (0.2 * Random.Shared.NextDouble()))) + TimeSpan.FromMilliseconds(20);

    private static string Circuit(string webhookId) => $"circuit:{webhookId}";

    private static string Pace(string webhookId) => $"pace:{webhookId}";

    private static string Ms(TimeSpan span) => Text((long)span.TotalMilliseconds);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
