namespace Jamail.AspNetCore;

internal sealed record AcceptedResendView(string Message, string Id);
