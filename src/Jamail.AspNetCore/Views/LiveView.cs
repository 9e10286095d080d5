namespace Jamail.AspNetCore;

internal sealed record LiveView(string Status);
