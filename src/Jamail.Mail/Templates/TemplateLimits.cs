namespace Jamail.Mail;

/// <summary>What a template may cost. The engine itself has no limits: these stand in front of it.</summary>
internal static class TemplateLimits
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int Source = 256 * 1024;

    public const int Nesting = 100;

    /// <summary>The engine compiles every tag to code: 1,000 took 0.2 s and 10 MiB, 50,000 an invalid program.</summary>
    public const int Tags = 1_000;

    /// <summary>Accesses to data during one rendering.</summary>
    public const int Steps = 100_000;

    /// <summary>Characters.</summary>
    public const int Output = 1024 * 1024;

    public static readonly TimeSpan Time = TimeSpan.FromSeconds(1);
}
