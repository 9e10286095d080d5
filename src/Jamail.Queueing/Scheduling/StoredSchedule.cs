using System.Text;

namespace Jamail.Queueing;

/// <summary>A schedule as it stands in a scheduler's record.</summary>
internal static class StoredSchedule
{
    public static SchedulerRecord Of(string id, JobSchedule schedule, string name, byte[] data, byte[]? template) => new()
    {
        Id = id,
        Next = "",
        Name = name,
        EveryMs = schedule is JobSchedule.Every every ? (long)every.Interval.TotalMilliseconds : null,
        OffsetMs = schedule is JobSchedule.Every { Offset: { } offset } ? (long)offset.TotalMilliseconds : null,
        Pattern = (schedule as JobSchedule.Cron)?.Pattern,
        TimeZone = (schedule as JobSchedule.Cron)?.TimeZone,
        Limit = schedule.Limit,
        StartMs = schedule.StartAt?.ToUnixTimeMilliseconds(),
        EndMs = schedule.EndAt?.ToUnixTimeMilliseconds(),
        Data = Encoding.UTF8.GetString(data),
        Template = template is null ? null : Encoding.UTF8.GetString(template),
    };

    /// <returns>Null when the record holds neither an interval nor a pattern.</returns>
    public static JobSchedule? Read(SchedulerRecord record)
    {
        JobSchedule? schedule = record switch
        {
            { Pattern: { Length: > 0 } pattern } => new JobSchedule.Cron(pattern, record.TimeZone ?? TimeZoneInfo.Local.Id),
            { EveryMs: > 0 and var every } => new JobSchedule.Every(TimeSpan.FromMilliseconds(every))
            {
                Offset = record.OffsetMs is > 0 and var offset ? TimeSpan.FromMilliseconds(offset) : null,
            },
            _ => null,
        };
        return schedule is null
            ? null
            : schedule with
            {
                Limit = record.Limit is > 0 and <= int.MaxValue ? (int)record.Limit : null,
                StartAt = record.StartMs is { } start ? LenientText.Moment(start) : null,
                EndAt = record.EndMs is { } end ? LenientText.Moment(end) : null,
            };
    }
}
