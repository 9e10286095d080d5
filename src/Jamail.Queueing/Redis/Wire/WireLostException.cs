namespace Jamail.Queueing;

/// <summary>The connection ended before the reply came.</summary>
/// <param name="isSent">Whether Redis may have got the command.</param>
/// <param name="cause">What ended it.</param>
internal sealed class WireLostException(bool isSent, Exception? cause)
    : Exception("The connection to Redis was lost before the reply came.", cause)
{
    public bool IsSent => isSent;
}
