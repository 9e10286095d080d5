namespace Jamail.AspNetCore;

internal sealed record AcceptedEventView(string Id, int Deliveries);
