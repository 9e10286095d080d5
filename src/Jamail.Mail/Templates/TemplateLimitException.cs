namespace Jamail.Mail;

/// <summary>A template reached a limit, or used its data in a way that means nothing.</summary>
internal sealed class TemplateLimitException(string message) : Exception(message);
