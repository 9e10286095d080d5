namespace Jamail.Mail;

/// <summary>What replies of one kind mean. All conditions that are set must hold, and at least one must be set.</summary>
public sealed class ReplyRule
{
    /// <summary>What such a reply is.</summary>
    /// <value>
    /// One of the classes that attempts show, as in <c>grey-list</c>, <c>hard-bounce</c>, <c>policy-block</c> or <c>throttle</c>: what becomes of the
    /// e-mail follows from it. Default: none; required.
    /// </value>
    public string Class { get; set; } = "";

    /// <summary>Only replies of this mail server.</summary>
    /// <value>Its name. Default: none, of all.</value>
    public string? Provider { get; set; }

    /// <summary>Only replies with this code.</summary>
    /// <value>A regular expression for the whole code, as in <c>550</c> or <c>4..</c>. Default: none, any.</value>
    public string? Code { get; set; }

    /// <summary>Only replies with this enhanced code.</summary>
    /// <value>A regular expression for the whole of it, as in <c>5\.7\..*</c>. Default: none, any or none.</value>
    public string? EnhancedCode { get; set; }

    /// <summary>Only replies in whose text this is found.</summary>
    /// <value>A regular expression; upper and lower case are the same. Default: none, any.</value>
    public string? Text { get; set; }
}
