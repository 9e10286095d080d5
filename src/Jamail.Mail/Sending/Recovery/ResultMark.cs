using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jamail.Mail;

/// <summary>What a mail server answered, as it is kept in Redis until the row is committed.</summary>
/// <param name="Id">Of the attempt.</param>
/// <param name="Token">Of the claim under which it was sent.</param>
/// <param name="Worker">Who sent it.</param>
/// <param name="StartedAt">Unix ms.</param>
/// <param name="DurationMs">Of the attempt.</param>
/// <param name="Provider">The mail server's name.</param>
/// <param name="Result">How the attempt ended.</param>
internal sealed record ResultMark(
    string Id, string Token, string Worker, long StartedAt, int DurationMs, string Provider, TransportResult Result)
{
    public static ResultMark Of(string token, AttemptRow attempt) =>
        new(attempt.Id, token, attempt.Worker, attempt.StartedAt, attempt.DurationMs, attempt.Provider, attempt.Result);

    public AttemptRow ToAttempt(ISendVerdicts verdicts) =>
        new(Id, Worker, StartedAt, DurationMs, Provider, Result, verdicts.Judge(Result, Provider));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ResultMarkJson.Default.ResultMark);

    /// <returns>Null for what is no mark.</returns>
    public static ResultMark? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ResultMarkJson.Default.ResultMark);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(ResultMark))]
internal sealed partial class ResultMarkJson : JsonSerializerContext;
