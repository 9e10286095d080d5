namespace Jamail.Mail;

/// <summary>Which recipient domains are one: those of one mailbox provider, which counts them together.</summary>
internal static class DomainGroups
{
    /// <param name="domain">Lower case.</param>
    public static string Of(string domain) => domain.Split('.') switch
    {
        [.., "gmail" or "googlemail", "com"] => "gmail",
        ["outlook" or "hotmail" or "live" or "msn", _] or ["outlook" or "hotmail" or "live" or "msn", "co" or "com", _] => "microsoft",
        ["yahoo" or "ymail" or "rocketmail" or "aol", _] or ["yahoo", "co" or "com", _] => "yahoo",
        ["icloud" or "me" or "mac", "com"] => "apple",
        _ => domain,
    };
}
