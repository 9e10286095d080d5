namespace Jamail.AspNetCore;

internal sealed record HealthCheckView(string Status, string? Description);
