namespace Jamail.Mail;

/// <param name="Now">When the attempt ended, Unix ms.</param>
/// <param name="NextAt">When the mail comes again; null when it does not.</param>
/// <param name="Job">What follows.</param>
/// <param name="CheckAt">From when on the row is compared with the queue.</param>
internal readonly record struct AttemptTimes(long Now, long? NextAt, NextJob Job, long CheckAt);
