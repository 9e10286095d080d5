using System.Globalization;
using StackExchange.Redis;

namespace Jamail.Queueing;

/// <summary>The fields of a job hash, and how they are read. Numbers may have come from JavaScript: 1.5, -5, 1e21.</summary>
internal static class JobHash
{
    /// <summary>Reads the reply of HGETALL; null when there is no hash.</summary>
    public static StoredJob? Read(string id, HashEntry[] entries)
    {
        if (entries.Length == 0)
        {
            return null;
        }

        var job = new StoredJob { Id = id };
        foreach (var entry in entries)
        {
            Set(job, (string)entry.Name!, entry.Value);
        }

        return job;
    }

    /// <summary>Reads a job of the reply of finishJobs, in the order of its contract.</summary>
    public static StoredJob ReadTaken(RedisResult[] fields, long processedOn, string? processedBy)
    {
        var attemptsMade = (string?)fields[7] ?? (string?)fields[6];
        return new StoredJob
        {
            Name = (string?)fields[0],
            Data = (byte[]?)fields[1],
            Options = (byte[]?)fields[2],
            Timestamp = Number((string?)fields[3]),
            DelayMs = Number((string?)fields[4]),
            Priority = (int)Number((string?)fields[5]),
            AttemptsMade = (int)Number(attemptsMade),
            AttemptsStarted = (int)Number((string?)fields[8]),
            StalledCount = (int)Number((string?)fields[9]),
            DeferredFailure = (string?)fields[10],
            FailedReason = (string?)fields[11],
            StackTraceJson = (string?)fields[12],
            ProgressJson = (string?)fields[13],
            ParentKey = (string?)fields[14],
            RepeatJobKey = (string?)fields[15],
            Id = (string)fields[16]!,
            ProcessedOn = processedOn,
            ProcessedBy = processedBy,
        };
    }

    private static void Set(StoredJob job, string field, RedisValue value)
    {
        switch (field)
        {
            case "name": job.Name = value; break;
            case "data": job.Data = value; break;
            case "opts": job.Options = value; break;
            case "timestamp": job.Timestamp = Number(value); break;
            case "delay": job.DelayMs = Number(value); break;
            case "priority": job.Priority = (int)Number(value); break;
            case "atm" when job.AttemptsMade == 0: job.AttemptsMade = (int)Number(value); break;
            case "attemptsMade": job.AttemptsMade = (int)Number(value); break;
            case "ats": job.AttemptsStarted = (int)Number(value); break;
            case "stc": job.StalledCount = (int)Number(value); break;
            case "processedOn": job.ProcessedOn = Number(value); break;
            case "finishedOn": job.FinishedOn = Number(value); break;
            case "pb": job.ProcessedBy = value; break;
            case "defa": job.DeferredFailure = value; break;
            case "failedReason": job.FailedReason = value; break;
            case "returnvalue": job.ReturnValue = value; break;
            case "stacktrace": job.StackTraceJson = value; break;
            case "progress": job.ProgressJson = value; break;
            case "parentKey": job.ParentKey = value; break;
            case "rjk": job.RepeatJobKey = value; break;
        }
    }

    private static long Number(string? text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? (long)Math.Clamp(number, long.MinValue, long.MaxValue)
            : 0;
    }
}
