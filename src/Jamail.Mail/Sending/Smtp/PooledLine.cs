namespace Jamail.Mail;

/// <summary>A line as its pool knows it.</summary>
/// <param name="Line">Idle, or with its sender.</param>
/// <param name="OpenedAt">A timestamp of the clock.</param>
/// <param name="IdleSince">A timestamp of the clock.</param>
internal readonly record struct PooledLine<TLine>(TLine Line, long OpenedAt, long IdleSince)
    where TLine : class, ISmtpLine;
