using Jamail.Mail;

namespace Jamail.AspNetCore;

internal sealed record EmailBatchView(string BatchId, int Accepted, int Refused, IReadOnlyList<EmailBatchItemView> Items)
{
    public static EmailBatchView Of(EmailBatchResult result) => new(
        result.Id,
        result.Items.Count(item => item.Email is not null),
        result.Items.Count(item => item.Email is null),
        [.. result.Items.Select(EmailBatchItemView.Of)]);
}

internal sealed record EmailBatchItemView(string? Id, string? Status, string? MessageId, IReadOnlyList<ProblemError>? Errors)
{
    public static EmailBatchItemView Of(EmailBatchItem item) => new(
        item.Email?.Id.Value,
        item.Email is { } email ? WireNames.Of(email.Status) : null,
        item.Email?.MessageId,
        item.Email is not null ? null : [.. item.Problems.Select(EmailRequest.InRequest).Select(Pointers.In)
            .Select(problem => new ProblemError(problem.Field, problem.Rule, problem.Fix))]);
}

internal sealed record EmailBatchCancellationView(string BatchId, int Cancelled, int Left);
