namespace Jamail.AspNetCore;

internal sealed record ResolvedView(int Count, bool DryRun);
