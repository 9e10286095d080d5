namespace Jamail.Webhooks;

/// <summary>A named schedule of waits between attempts.</summary>
public enum WebhookSchedule
{
    /// <summary>1, 5 and 15 minutes, always exactly: what workers in other languages expect.</summary>
    Compat,

    /// <summary>
    /// 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours, about three days, each up to a fifth more or less.
    /// </summary>
    Standard,

    /// <summary>5 s, 5 min, 30 min, 2, 5, 10 and 10 hours, about 27.6 hours, each up to a fifth more or less: as Svix has it.</summary>
    SvixLike,
}
