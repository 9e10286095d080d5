using System.Globalization;

namespace Jamail.Queueing;

/// <summary>Somebody wants a running job to stop.</summary>
/// <param name="CreatedMs">When the job was created: another job of the same id is not meant.</param>
/// <param name="Then">What becomes of the job.</param>
/// <param name="Reason">Why.</param>
internal sealed record Cancellation(long CreatedMs, AfterCancel Then, string Reason)
{
    public const string Fail = "fail";
    public const string Remove = "remove";

    public static string Wire(AfterCancel then) => then == AfterCancel.Remove ? Remove : Fail;

    /// <summary>The text a job fails with.</summary>
    public static string FailedReason(string reason) => $"Cancelled: {reason}";

    /// <summary>Reads what the script cancelJob writes; null when it is something else.</summary>
    public static Cancellation? Read(string text) =>
        text.Split(' ', 3) is [var created, Fail or Remove, var reason] parts
        && double.TryParse(created, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms)
            ? new Cancellation((long)ms, parts[1] == Remove ? AfterCancel.Remove : AfterCancel.Fail, reason)
            : null;
}
