namespace Jamail.Mail;

/// <summary>
/// A connection that the server has let in, whichever client speaks over it: what a pool has to know of it. For one caller at a time.
/// </summary>
internal interface ISmtpLine : IAsyncDisposable
{
    /// <summary>Messages begun over this connection.</summary>
    int Messages { get; }

    /// <summary>The server spoke unasked or has gone, so that it is to be asked before it gets a message.</summary>
    bool HasNews { get; }

    /// <summary>Whether the server still answers as it should.</summary>
    Task<bool> AnswersAsync(SmtpLimits limits);

    /// <summary>Says good-bye; never throws, and a server that does not answer is left.</summary>
    Task QuitAsync(SmtpLimits limits);
}
