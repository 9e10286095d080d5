namespace Jamail.Queueing;

/// <summary>What became of an attempt, as measures and spans say it.</summary>
internal static class OutcomeName
{
    public static string Of(RunningJob job, Settlement settlement) => settlement.Kind switch
    {
        SettlementKind.Completed => "completed",
        SettlementKind.Failed when job.StopReason == StopReason.Cancelled => "cancelled",
        SettlementKind.Failed => "failed",
        SettlementKind.Retried => "retried",
        SettlementKind.Delayed when settlement.CountsAttempt => "retried",
        SettlementKind.Delayed => "postponed",
        SettlementKind.Returned => "returned",
        _ => "other",
    };
}
