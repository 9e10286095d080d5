using System.Net.Mail;
using System.Text.RegularExpressions;
using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Judges what a caller says about an endpoint; collects every problem before it refuses.</summary>
internal sealed partial class EndpointInput(TargetPolicy targets)
{
    private const int MaxDescription = 500;

    public List<InputProblem> Problems { get; } = [];

    public async Task CheckUrlAsync(string? text, CancellationToken cancellationToken)
    {
        var problem = targets.Check(text, out var url)
            ?? await targets.CheckHostAsync(url, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            Problems.Add(problem);
        }
    }

    public EventFilter Events(IReadOnlyList<string>? events) => EventFilter.Of(events, Problems);

    /// <returns>The secret; null when it breaks a rule.</returns>
    public WebhookSecret? Secret(string text)
    {
        if (!WebhookSecret.TryParse(text, out var secret, out var problem))
        {
            Problems.Add(problem);
        }

        return secret;
    }

    public void CheckDescription(string? text) =>
        RefuseIf(
            text is { Length: > MaxDescription },
            "description",
            $"It has {text?.Length} characters, and at most {MaxDescription} are allowed.",
            "Shorten it.");

    public void CheckUid(string? uid) =>
        RefuseIf(
            uid is not null && (!Name().IsMatch(uid) || RowId.TryParse(uid) is not null),
            "uid",
            "It is not a name for an endpoint.",
            "Use 1 to 100 letters, digits, '_', '-' and '.'; not a UUID, which would look like an id.");

    public void CheckProof(WebhookProof proof) =>
        RefuseIf(!Enum.IsDefined(proof), "verify", "It is no way to verify an endpoint.", "Use none, ping or echo.");

    public void CheckSettings(WebhookEndpointSettings settings)
    {
        RefuseIf(
            settings.OwnerEmail is { } owner && !(owner.Length <= 254 && MailAddress.TryCreate(owner, out var address) && address.Address == owner),
            "settings.ownerEmail", "It is not one e-mail address.", "Give it as anna@example.com.");
        EventLabels.Check("settings.channels", settings.Channels, Problems);
        if (settings.Filter is { } filter)
        {
            Shared.JsonSchema.Parse(filter, "settings.filter", Problems);
        }

        RefuseIf(
            settings.SignatureProfile is { } profile && !Enum.IsDefined(profile),
            "settings.signatureProfile", "There is no such profile.", $"Use one of {string.Join(", ", Enum.GetNames<WebhookSignatureProfile>())}.");
        RefuseIf(
            settings.RetrySchedule is { } schedule && !RetrySchedules.TryParse(schedule, out _),
            "settings.retrySchedule",
            "It is neither 'compat', 'standard' nor 'svix-like', nor a list of at most 30 waits of at most 7 days.",
            "Write '00:01:00, 00:05:00' for waits of 1 and 5 minutes.");
        RefuseIf(
            settings.Timeout is { } timeout && (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromSeconds(60)),
            "settings.timeout", $"It is {settings.Timeout} and must be 1 to 60 seconds.", "Write 00:00:15 for 15 seconds.");
        RefuseIf(
            settings.RatePerSecond is < 1 or > 10_000,
            "settings.ratePerSecond", $"It is {settings.RatePerSecond} and must be 1 to 10,000.", "Leave it out for no limit.");
        RefuseIf(
            settings.MaxInFlight is < 1 or > 1_000,
            "settings.maxInFlight", $"It is {settings.MaxInFlight} and must be 1 to 1,000.", "Leave it out for the host's.");
        RefuseIf(
            !Enum.IsDefined(settings.Ordering),
            "settings.ordering", "There is no such order.", $"Use one of {string.Join(", ", Enum.GetNames<WebhookOrdering>())}.");
    }

    /// <exception cref="InvalidInputException">There was a problem.</exception>
    public void ThrowIfAny()
    {
        if (Problems.Count > 0)
        {
            throw new InvalidInputException(Problems);
        }
    }

    private void RefuseIf(bool isWrong, string field, string rule, string fix)
    {
        if (isWrong)
        {
            Problems.Add(new InputProblem(field, rule, fix));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,100}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
