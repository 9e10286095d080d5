using System.Text.RegularExpressions;

namespace Jamail.Mail;

/// <summary>One row of the rule table: what it says of the replies that fit all its conditions.</summary>
internal sealed record SendRule(string Class, SendVerdictKind Kind)
{
    /// <summary>The first phase it is for.</summary>
    public SendPhase From { get; init; } = SendPhase.Lease;

    /// <summary>The last phase it is for.</summary>
    public SendPhase To { get; init; } = SendPhase.Reply;

    /// <summary>The mail server it is for; null for all.</summary>
    public string? Provider { get; init; }

    /// <summary>Matches the code; null fits all.</summary>
    public string? Code { init => _code = Compile(value, wholeText: true); }

    /// <summary>Matches the enhanced code; null fits all, and replies without one.</summary>
    public string? Enhanced { init => _enhanced = Compile(value, wholeText: true); }

    /// <summary>Is found in the text; null fits all.</summary>
    public string? Text { init => _text = Compile(value, wholeText: false); }

    private readonly Regex? _code;
    private readonly Regex? _enhanced;
    private readonly Regex? _text;

    public bool Fits(TransportResult result, string code, string? provider) =>
        (Provider is null || Provider == provider)
        && result.Phase >= From && result.Phase <= To
        && _code?.IsMatch(code) != false
        && (_enhanced is null || (result.EnhancedCode is { } enhanced && _enhanced.IsMatch(enhanced)))
        && _text?.IsMatch(result.Text ?? "") != false;

    // The text is a stranger's: no pattern may take more than linear time on it.
    internal static Regex? Compile(string? pattern, bool wholeText) =>
        pattern is null ? null : new Regex(
            wholeText ? $"^(?:{pattern})$" : pattern,
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
}
