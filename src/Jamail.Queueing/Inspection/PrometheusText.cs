using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jamail.Queueing;

/// <summary>A queue's figures in the text format of Prometheus, with the names that Node exports.</summary>
internal static partial class PrometheusText
{
    /// <exception cref="ArgumentException">A label's name is none that Prometheus takes, or is one of ours.</exception>
    public static void Check(IReadOnlyDictionary<string, string>? labels)
    {
        foreach (var name in labels?.Keys ?? [])
        {
            if (!LabelName().IsMatch(name) || name is "queue" or "state")
            {
                throw new ArgumentException(
                    $"The label '{name}' must begin with a letter or '_', go on with these and digits, and be neither 'queue' nor 'state'; " +
                    "give another name.",
                    nameof(labels));
            }
        }
    }

    public static string Of(
        QueueName queue, JobCounts counts, JobMetrics completed, JobMetrics failed, IReadOnlyDictionary<string, string> labels)
    {
        var text = new StringBuilder();
        text.Append("# HELP bullmq_job_count Number of jobs in the queue by state\n# TYPE bullmq_job_count gauge\n");
        foreach (var (state, count) in new[]
        {
            ("active", counts.Active), ("completed", counts.Completed), ("delayed", counts.Delayed), ("failed", counts.Failed),
            ("prioritized", counts.Prioritized), ("waiting", counts.Waiting), ("waiting-children", counts.WaitingChildren),
        })
        {
            Line(text, "bullmq_job_count", queue, state, labels, count);
        }

        Counter(text, "bullmq_job_completed_total", "completed", queue, labels, completed.Count);
        Counter(text, "bullmq_job_failed_total", "failed", queue, labels, failed.Count);
        return text.ToString();
    }

    private static void Counter(
        StringBuilder text, string name, string what, QueueName queue, IReadOnlyDictionary<string, string> labels, long value)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} Total number of jobs {what}\n# TYPE {name} counter\n");
        Line(text, name, queue, null, labels, value);
    }

    private static void Line(
        StringBuilder text, string name, QueueName queue, string? state, IReadOnlyDictionary<string, string> labels, long value)
    {
        text.Append(name).Append("{queue=\"").Append(Escape(queue.Value)).Append('"');
        if (state is not null)
        {
            text.Append(", state=\"").Append(state).Append('"');
        }

        foreach (var (label, labelValue) in labels)
        {
            text.Append(", ").Append(label).Append("=\"").Append(Escape(labelValue)).Append('"');
        }

        text.Append(CultureInfo.InvariantCulture, $"}} {value}\n");
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex LabelName();
}
