namespace Jamail.Webhooks;

/// <summary>What happened to an endpoint.</summary>
public enum EndpointNoticeKind
{
    /// <summary>It has been failing for long; it will be disabled.</summary>
    Failing,

    /// <summary>It is disabled: nothing is sent, what is published is kept as skipped.</summary>
    Disabled,

    /// <summary>It answered 410: nothing more is sent.</summary>
    Gone,

    /// <summary>It works again, after a notice that it failed or was refused.</summary>
    Recovered,

    /// <summary>A delivery that was given up stops those behind it.</summary>
    Blocked,

    /// <summary>Its address may not be called: its deliveries are given up unsent.</summary>
    Refused,
}
