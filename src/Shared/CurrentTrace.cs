using System.Diagnostics;

namespace Jamail.Shared;

/// <summary>The trace of the code that runs now, as rows keep it for what is made of them later.</summary>
/// <param name="Parent">A W3C <c>traceparent</c>; null when there is no trace.</param>
/// <param name="State">A W3C <c>tracestate</c>; null for none.</param>
internal readonly record struct CurrentTrace(string? Parent, string? State)
{
    public static CurrentTrace Read() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } current
            ? new(id, current.TraceStateString is { Length: > 0 } state ? state : null)
            : default;
}
