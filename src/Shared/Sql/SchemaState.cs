namespace Jamail.Shared;

/// <param name="AppliedNow">How many steps were missing and have been applied.</param>
/// <param name="DatabaseId">A random text that stands in the ledger since the first step.</param>
internal sealed record SchemaState(int AppliedNow, string DatabaseId);
