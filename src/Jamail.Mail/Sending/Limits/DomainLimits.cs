using System.Globalization;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>The rate of one mail server for each recipient domain, shared by all hosts through Redis.</summary>
internal sealed class DomainLimits(OwnKeys keys, LuaScript script, string name, string host, double rate)
{
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(1);

    private readonly QueueName _queue = new(MailOptions.QueueName);

    public async Task<SendPermit> TakeAsync(string domain, bool isBulk)
    {
        try
        {
            var reply = await keys.RunAsync(
                script, _queue, [$"limits:{name}:{DomainGroups.Of(domain)}"], rate.ToString(CultureInfo.InvariantCulture), "", host, "0",
                isBulk ? "0" : "1", isBulk ? "1" : "0", "0", "0", "").ConfigureAwait(false);
            return reply[0] + reply[1] > 0 ? SendPermit.Granted : new SendPermit(false, TimeSpan.FromMilliseconds(reply[2]));
        }
        catch (JobQueueException)
        {
            return new SendPermit(false, AskAfter);
        }
    }
}
