namespace Jamail.Mail;

/// <summary>How the next attempt of a mail comes about.</summary>
internal enum NextJob
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>By the job in hand, which goes back to the queue.</summary>
    Same = 1,

    /// <summary>By a new one, since the mail's job is over or gone.</summary>
    New = 2,
}
