namespace Jamail.Mail;

/// <summary>How to sign in to the mail server.</summary>
public enum SmtpMechanism
{
    /// <summary>The first of PLAIN, LOGIN and XOAUTH2 that the server offers.</summary>
    Auto,

    /// <summary>AUTH PLAIN with user and password.</summary>
    Plain,

    /// <summary>AUTH LOGIN with user and password.</summary>
    Login,

    /// <summary>AUTH XOAUTH2: the password is the access token.</summary>
    XOAuth2,
}
