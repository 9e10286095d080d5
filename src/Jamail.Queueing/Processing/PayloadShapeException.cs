namespace Jamail.Queueing;

/// <summary>A job's data does not fit its processor; another attempt would find the same.</summary>
internal sealed class PayloadShapeException(string message) : Exception(message)
{
    public static PayloadShapeException Of<TPayload>(string path, string why) =>
        new($"The job's data is no {typeof(TPayload).Name}: {path} {why} Correct the producer and add the job again.");
}
