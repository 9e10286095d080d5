using Microsoft.Extensions.Options;

namespace Jamail.Queueing;

/// <summary>Rules of <see cref="QueueingOptions"/> and of the queues the host was told of.</summary>
internal sealed class QueueingOptionsRules(QueueRegistry registry) : IValidateOptions<QueueingOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueingOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrEmpty(options.Prefix))
        {
            failures.Add("Jamail:Queueing:Prefix is empty; it is the first part of every Redis key. Give 'bull', as BullMQ does.");
        }

        if (options.MaxEvents < 0)
        {
            failures.Add($"Jamail:Queueing:MaxEvents is {options.MaxEvents} but must be 0 or more; give about how many events to keep.");
        }

        if (options.AddTimeout < TimeSpan.FromSeconds(1) || options.AddTimeout > TimeSpan.FromHours(1))
        {
            failures.Add($"Jamail:Queueing:AddTimeout is {options.AddTimeout} but must be 1 second to 1 hour; the default is 10 seconds.");
        }

        if (!Enum.IsDefined(options.PausedLayout))
        {
            failures.Add($"Jamail:Queueing:PausedLayout is {(int)options.PausedLayout} but must be Auto, Wait or Paused; leave it unset for Auto.");
        }

        failures.AddRange(RetentionRules.FailuresOf(options.RemoveOnComplete, "Jamail:Queueing:RemoveOnComplete"));
        failures.AddRange(RetentionRules.FailuresOf(options.RemoveOnFail, "Jamail:Queueing:RemoveOnFail"));
        foreach (var queue in registry.Queues)
        {
            AddFailures(queue, failures);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void AddFailures(QueueRegistration queue, List<string> failures)
    {
        foreach (var group in queue.Processors.GroupBy(processor => processor.JobName).Where(group => group.Count() > 1))
        {
            var jobs = group.Key is null ? "jobs of any name" : $"job name '{group.Key}'";
            failures.Add(
                $"Queue '{queue.Name}' has {group.Count()} processors for {jobs} " +
                $"({string.Join(", ", group.Select(processor => processor.ProcessorType.Name))}) but one job goes to one; remove the others.");
        }

        foreach (var upcaster in queue.Upcasters)
        {
            var version = queue.Processors.FirstOrDefault(processor => processor.JobName == upcaster.JobName)?.PayloadVersion;
            if (version is null)
            {
                failures.Add(
                    $"Queue '{queue.Name}' has upcaster {upcaster.Type.Name} for job name '{upcaster.JobName}' but no processor of that " +
                    "name with a payload type; add the processor, or remove the upcaster.");
            }
            else if (upcaster.FromVersion < 1 || upcaster.FromVersion >= version)
            {
                failures.Add(
                    $"Queue '{queue.Name}': upcaster {upcaster.Type.Name} of job name '{upcaster.JobName}' is from version " +
                    $"{upcaster.FromVersion} but must be from 1 to {version - 1}, since the processor takes version {version}; " +
                    "correct it, or raise [PayloadVersion] of the payload type.");
            }
        }

        foreach (var group in queue.Upcasters.GroupBy(upcaster => (upcaster.JobName, upcaster.FromVersion)).Where(group => group.Count() > 1))
        {
            failures.Add(
                $"Queue '{queue.Name}' has {group.Count()} upcasters from version {group.Key.FromVersion} of job name '{group.Key.JobName}'; " +
                "leave one.");
        }

        foreach (var processor in queue.Processors.Where(processor => processor.PayloadVersion < 1))
        {
            failures.Add($"[PayloadVersion] of {processor.PayloadType.Name} is {processor.PayloadVersion} but must be 1 or more; leave the attribute out for version 1.");
        }

        if (queue is { HasWorkerSettings: true, Processors.Count: 0 } && !registry.WithoutWorkers)
        {
            failures.Add(
                $"Queue '{queue.Name}' has worker settings but no processor, so nothing would be worked; " +
                "call AddProcessor for it, or leave the worker settings out.");
        }
    }
}
