using System.Diagnostics;

namespace Jamail.Queueing;

/// <summary>What a job's options must hold before anything is sent. Every refusal names option, value, rule and fix.</summary>
internal static class JobOptionsRules
{
    public const int MaxPriority = 2_097_151;

    private const string AtOnce = "zero tries again at once";

    public static void Check(string name, JobOptions? options)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("The job name is empty; the worker chooses its processor by it, so give one.", nameof(name));
        }

        if (options is null)
        {
            return;
        }

        AtLeast(options.Attempts, 1, "Attempts", "1 means no retry");
        AtLeast(options.KeepLogs, 1, "KeepLogs", "leave it unset to keep all");
        AtLeast(options.StackTraceLimit, 0, "StackTraceLimit", "0 keeps none");
        AtLeast(options.PayloadVersion, 1, "PayloadVersion", "leave it unset for the version of the payload's type");
        AtLeast(options.SizeLimit, 1, "SizeLimit", "leave it unset for no limit");
        CheckPriority(options.Priority ?? 0);

        if (options.Delay is { } delay)
        {
            NotNegative(delay, "JobOptions.Delay", "leave it unset to run the job as soon as it can be");
        }

        if (options.Id is { } id)
        {
            JobId.Choose(id.Value);
        }

        if (options.Timestamp is { } timestamp && timestamp < DateTimeOffset.UnixEpoch)
        {
            throw Refusal($"JobOptions.Timestamp is {timestamp:O} but must not be before 1970; leave it unset for now.");
        }

        if (options.TraceParent is { } traceParent && !ActivityContext.TryParse(traceParent, null, out _))
        {
            throw Refusal($"JobOptions.TraceParent is '{traceParent}' but must be a W3C traceparent, such as "
                + "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01; leave it unset for that of the current activity.");
        }

        AtLeastOneMs(options.TimeLimit, "JobOptions.TimeLimit");
        AtLeastOneMs(options.Deadline, "JobOptions.Deadline");
        DeduplicationRules.Check(options.Deduplication);
        if (options.ChildFailure is { } failure && !Enum.IsDefined(failure))
        {
            throw Refusal($"JobOptions.ChildFailure is {(int)failure} but must be one of " +
                $"{string.Join(", ", Enum.GetNames<ChildFailure>())}; leave it unset to keep the parent waiting.");
        }

        Check(options.Backoff);
        Check(options.RemoveOnComplete, "RemoveOnComplete");
        Check(options.RemoveOnFail, "RemoveOnFail");
    }

    public static void CheckPriority(int priority)
    {
        if (priority is < 0 or > MaxPriority)
        {
            throw Refusal($"The priority is {priority} but must be 0 (none) to 2,097,151; 1 runs first.");
        }
    }

    /// <summary>For a job that is added outside a flow.</summary>
    public static void CheckParent(JobOptions? options)
    {
        if (options?.Parent is { } parent && (parent.Queue.Value.Length == 0 || parent.Id.Value.Length == 0))
        {
            throw Refusal($"JobOptions.Parent is '{parent}' but must name a queue and a job; give the JobKey of the parent.");
        }

        if (options is { Parent: not null, Deduplication: { } deduplication })
        {
            throw Refusal(
                $"JobOptions.Deduplication is '{deduplication.Id}' but a job with a parent cannot be left out as a duplicate: its parent " +
                "would wait for nothing; give it a chosen Id instead.");
        }

        if (options is { Parent: null, ChildFailure: { } failure })
        {
            throw Refusal(
                $"JobOptions.ChildFailure is {failure} but the job has no parent whom its failure could mean something; " +
                "set Parent, or leave ChildFailure unset.");
        }
    }

    public static void CheckSize(int bytes, JobOptions? options)
    {
        if (options?.SizeLimit is { } limit && bytes > limit)
        {
            throw Refusal($"The payload has {bytes} bytes of JSON but JobOptions.SizeLimit allows {limit}; send less, or a reference to it.");
        }
    }

    private static void Check(Backoff? backoff)
    {
        switch (backoff)
        {
            case Backoff.Fixed wait:
                NotNegative(wait.Delay, "Backoff.Fixed.Delay", AtOnce);
                CheckJitter(wait.Jitter);
                break;
            case Backoff.Exponential wait:
                NotNegative(wait.Delay, "Backoff.Exponential.Delay", AtOnce);
                CheckJitter(wait.Jitter);
                break;
            case Backoff.Custom { Type: null or "" or "fixed" or "exponential" or "schedule" } custom:
                throw Refusal(
                    $"Backoff.Custom.Type is '{custom.Type}' but must name a strategy of your own; give another name, or use " +
                    "Backoff.Fixed, Exponential or Schedule.");
            case Backoff.Custom { Delay: { } wait }:
                NotNegative(wait, "Backoff.Custom.Delay", "leave it unset where the strategy needs none");
                break;
            case Backoff.Schedule { Waits.Count: 0 }:
                throw Refusal("Backoff.Schedule has no waits; give at least one.");
            case Backoff.Schedule schedule:
                foreach (var wait in schedule.Waits)
                {
                    NotNegative(wait, "A wait of Backoff.Schedule", AtOnce);
                }

                break;
        }
    }

    private static void Check(JobRetention? retention, string option)
    {
        foreach (var failure in RetentionRules.FailuresOf(retention, $"JobOptions.{option}"))
        {
            throw Refusal(failure);
        }
    }

    private static void CheckJitter(double jitter)
    {
        if (!(jitter is >= 0 and <= 1))
        {
            throw Refusal($"The back-off's Jitter is {jitter} but must be 0 to 1; it is the share of the wait that is drawn at random, so give 0 for none.");
        }
    }

    private static void AtLeast(int? value, int least, string option, string hint)
    {
        if (value < least)
        {
            throw Refusal($"JobOptions.{option} is {value} but must be {least} or more; {hint}.");
        }
    }

    private static void AtLeastOneMs(TimeSpan? value, string what)
    {
        if (value < TimeSpan.FromMilliseconds(1))
        {
            throw Refusal($"{what} is {value} but must be 1 millisecond or more; leave it unset for no limit.");
        }
    }

    public static void NotNegative(TimeSpan value, string what, string hint)
    {
        if (value < TimeSpan.Zero)
        {
            throw Refusal($"{what} is {value} but must be zero or more; {hint}.");
        }
    }

    private static ArgumentException Refusal(string message) => new(message);
}
