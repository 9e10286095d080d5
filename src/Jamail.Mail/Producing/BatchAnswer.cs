using System.Text.Json;
using Jamail.Queueing;

namespace Jamail.Mail;

/// <summary>What a batch was answered, kept for repeats of the call.</summary>
internal static class BatchAnswer
{
    public static string Of(string id, IReadOnlyList<(MailRow? Row, IReadOnlyList<InputProblem> Problems)> items) => JsonSerializer.Serialize(
        new Stored(id, [.. items.Select(item => new Item(item.Row is null ? null : StoredAnswer.Of(item.Row), item.Problems))]));

    public static EmailBatchResult Read(string answer, bool isReplay)
    {
        var stored = JsonSerializer.Deserialize<Stored>(answer)!; // Written by Of.
        return new EmailBatchResult(
            stored.Id,
            [.. stored.Items.Select(item => new EmailBatchItem(
                item.Email is null ? null : StoredAnswer.Read(item.Email, isReplay), item.Problems))],
            isReplay);
    }

    private sealed record Stored(string Id, IReadOnlyList<Item> Items);

    private sealed record Item(string? Email, IReadOnlyList<InputProblem> Problems);
}
