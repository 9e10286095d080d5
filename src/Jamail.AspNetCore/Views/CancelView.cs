namespace Jamail.AspNetCore;

internal sealed record CancelView(string Id, string Result);
