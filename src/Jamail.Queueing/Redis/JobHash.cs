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

    /// <summary>Reads fields and values as a script replies them; null when there are none.</summary>
    public static StoredJob? Read(string id, RedisValue[] fields)
    {
        if (fields.Length == 0)
        {
            return null;
        }

        var job = new StoredJob { Id = id };
        for (var index = 0; index + 1 < fields.Length; index += 2)
        {
            Set(job, (string)fields[index]!, fields[index + 1]);
        }

        return job;
    }

    /// <summary>Reads a job of the reply of finishJobs, in the order of its contract.</summary>
    public static StoredJob ReadTaken(ref WireReader fields, long processedOn, string? processedBy, string? likelyName)
    {
        fields.Array();
        var job = new StoredJob
        {
            Id = "",
            Name = fields.Text(likelyName),
            Data = fields.Bytes(),
            Options = fields.Bytes(),
            Timestamp = fields.Number(),
            DelayMs = fields.Number(),
            Priority = (int)fields.Number(),
            AttemptsMade = (int)fields.Number(),
            ProcessedOn = processedOn,
            ProcessedBy = processedBy,
        };
        if (fields.Text() is { } attemptsMade)
        {
            job.AttemptsMade = (int)Number(attemptsMade);
        }

        job.AttemptsStarted = (int)fields.Number();
        job.StalledCount = (int)fields.Number();
        job.DeferredFailure = fields.Text();
        job.FailedReason = fields.Text();
        job.StackTraceJson = fields.Text();
        job.ProgressJson = fields.Text();
        job.ParentKey = fields.Text();
        job.RepeatJobKey = fields.Text();
        job.Id = fields.Text()!;
        return job;
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

    /// <summary>A number as some client stored it; zero for what is none.</summary>
    public static long Number(string? text)
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
