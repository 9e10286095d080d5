using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>BZPOPMIN of one key; its reply is the score, or null when the time was up or somebody ended the wait.</summary>
internal sealed class MarkerPop : WireCall<double?>
{
    public static MarkerPop Of(RedisKey key, TimeSpan atMost)
    {
        var command = new WireCommand(64);
        command.Add("BZPOPMIN");
        command.Add((string?)key);
        command.Add(atMost.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        return new MarkerPop { Command = command };
    }

    /// <summary>A server that is no master any more ended the wait; then it ends the connection and runs nothing that was sent behind.</summary>
    public bool IsUnblocked => Task.IsFaulted && Task.Exception.InnerException is WireErrorException error
        && error.Message.StartsWith("UNBLOCKED", StringComparison.Ordinal);

    protected override double? Read(ref WireReader reader)
    {
        if (reader.Array() < 0)
        {
            return null;
        }

        reader.Text();
        reader.Text();
        return double.Parse(reader.Text()!, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
