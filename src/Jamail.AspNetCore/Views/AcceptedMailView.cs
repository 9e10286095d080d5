namespace Jamail.AspNetCore;

internal sealed record AcceptedMailView(string Message, string LogId);
