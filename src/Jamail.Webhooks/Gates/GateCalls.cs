using Jamail.Queueing;
using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Brings to Redis what deliveries ask of gates: all that came while the last call was under way are one call.</summary>
internal sealed class GateCalls : IAsyncDisposable
{
    private const int Most = 100;
    private const int Overlap = 2;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly OwnKeys _keys;
    private readonly GateScripts _scripts;
    private readonly string[] _terms;
    private readonly GroupRunner<GateCall, Reply> _calls;

    public GateCalls(OwnKeys keys, GateScripts scripts, IOptions<WebhooksOptions> options)
    {
        var settings = options.Value;
        _keys = keys;
        _scripts = scripts;
        _terms =
        [
            GateCall.Ms(Kept),
            GateCall.Text(settings.MaxInFlightPerTenant),
            GateCall.Text(settings.CircuitFailures),
            GateCall.Ms(settings.CircuitOpen),
            GateCall.Ms(settings.CircuitOpenAtMost),
            GateCall.Ms(Kept + settings.CircuitOpenAtMost),
        ];
        _calls = new GroupRunner<GateCall, Reply>(RunAsync, Most, Overlap);
    }

    /// <returns>What the script answers to this call.</returns>
    /// <exception cref="JobQueueException">Redis does not answer.</exception>
    public async Task<string[]> RunAsync(GateCall call)
    {
        var reply = await _calls.RunAsync(call, CancellationToken.None).ConfigureAwait(false);
        return reply.Items ?? throw new JobQueueException(reply.Error, reply.Message);
    }

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    // What Redis did not answer may have happened, so it is not asked again.
    private async Task<IReadOnlyList<Reply>> RunAsync(IReadOnlyList<GateCall> calls, CancellationToken cancellationToken)
    {
        List<string> arguments = [.. _terms];
        foreach (var call in calls)
        {
            arguments.AddRange(call.Arguments);
        }

        try
        {
            var replies = await _keys.RunGroupAsync(_scripts.Pass, WebhooksOptions.QueueName, "gates", "delayed", arguments)
                .ConfigureAwait(false);
            return Array.ConvertAll(replies, items => new Reply(items));
        }
        catch (JobQueueException fault)
        {
            return [.. calls.Select(_ => new Reply(null, fault.Error, fault.Message))];
        }
    }

    private sealed record Reply(string[]? Items, JobQueueError Error = default, string Message = "");
}
