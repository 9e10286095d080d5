using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jamail.Queueing;

/// <summary>What a health check found, each thing named; the worst decides.</summary>
internal sealed class Findings
{
    private readonly List<string> _texts = [];
    private HealthStatus _worst = HealthStatus.Healthy;

    public Dictionary<string, object> Data { get; } = [];

    /// <summary>It works, but somebody should look.</summary>
    public void Warn(string? text) => Add(HealthStatus.Degraded, text);

    /// <summary>It does not work.</summary>
    public void Fail(string? text) => Add(HealthStatus.Unhealthy, text);

    public HealthCheckResult Result(string whenHealthy) =>
        new(_worst, _texts.Count == 0 ? whenHealthy : string.Join(' ', _texts), data: Data);

    private void Add(HealthStatus status, string? text)
    {
        if (text is not null)
        {
            _texts.Add(text);
            _worst = (HealthStatus)Math.Min((int)_worst, (int)status);
        }
    }
}
