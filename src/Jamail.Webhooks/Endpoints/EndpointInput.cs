using Jamail.Queueing;

namespace Jamail.Webhooks;

/// <summary>Judges what a caller says about an endpoint; collects every problem before it refuses.</summary>
internal sealed class EndpointInput(TargetPolicy targets)
{
    private const int MaxDescription = 500;

    private readonly List<InputProblem> _problems = [];

    public async Task CheckUrlAsync(string? text, CancellationToken cancellationToken)
    {
        var problem = targets.Check(text, out var url)
            ?? await targets.CheckHostAsync(url, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            _problems.Add(problem);
        }
    }

    public EventFilter Events(IReadOnlyList<string>? events) => EventFilter.Of(events, _problems);

    /// <returns>The secret; null when it breaks a rule.</returns>
    public WebhookSecret? Secret(string text)
    {
        if (!WebhookSecret.TryParse(text, out var secret, out var problem))
        {
            _problems.Add(problem);
        }

        return secret;
    }

    public void CheckDescription(string? text)
    {
        if (text is { Length: > MaxDescription })
        {
            _problems.Add(new InputProblem(
                "description", $"It has {text.Length} characters, and at most {MaxDescription} are allowed.", "Shorten it."));
        }
    }

    /// <exception cref="InvalidInputException">There was a problem.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new InvalidInputException(_problems);
        }
    }
}
