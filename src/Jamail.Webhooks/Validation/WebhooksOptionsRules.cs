using Jamail.Shared;
using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>Rules that annotations cannot say.</summary>
internal sealed class WebhooksOptionsRules : IValidateOptions<WebhooksOptions>
{
    private const int MaxWaits = 30;
    private const string Section = "Jamail:Webhooks:";

    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, WebhooksOptions options)
    {
        List<string> failures =
        [
            .. Schedule(options),
            .. options.AllowedNetworks.Select(AllowedNetworks.Problem).OfType<string>().Select(problem => $"{Section}AllowedNetworks: {problem}"),
            .. options.AllowedPorts.Select(PortRanges.Problem).OfType<string>().Select(problem => $"{Section}AllowedPorts: {problem}"),
        ];
        if (!HeaderNames.IsToken(options.SignatureHeader) || HeaderNames.IsTaken(options.SignatureHeader))
        {
            failures.Add(
                $"{Section}SignatureHeader is '{options.SignatureHeader}' but must be the name of a header that no other part of the request uses; the default is X-Jamail-Signature.");
        }

        if (!Enum.IsDefined(options.SignatureProfile))
        {
            failures.Add($"{Section}SignatureProfile is {(int)options.SignatureProfile} but must be one of {string.Join(", ", Enum.GetNames<WebhookSignatureProfile>())}.");
        }

        if (!Enum.IsDefined(options.Schedule))
        {
            failures.Add($"{Section}Schedule is {(int)options.Schedule} but must be Compat or Standard.");
        }

        if (options.DisableAfter != TimeSpan.Zero && (options.DisableAfter < TimeSpan.FromSeconds(1) || options.DisableAfter > TimeSpan.FromDays(365)))
        {
            failures.Add($"{Section}DisableAfter is {options.DisableAfter} but must be 1 second to 365 days; zero never disables.");
        }

        if (options.CircuitOpenAtMost < options.CircuitOpen)
        {
            failures.Add($"{Section}CircuitOpenAtMost is {options.CircuitOpenAtMost} but must be at least CircuitOpen ({options.CircuitOpen}).");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Schedule(WebhooksOptions options)
    {
        if (options.RetrySchedule.Count > MaxWaits)
        {
            yield return $"{Section}RetrySchedule has {options.RetrySchedule.Count} waits, and at most {MaxWaits} are allowed; leave some out.";
        }

        foreach (var wait in options.RetrySchedule.Where(wait => wait < TimeSpan.Zero || wait > MaxWait))
        {
            yield return $"{Section}RetrySchedule holds {wait}, and a wait is from zero to 7 days; write 00:05:00 for 5 minutes.";
        }
    }
}
