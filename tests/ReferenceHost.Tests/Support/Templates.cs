namespace ReferenceHost.Tests.Support;

internal static class Templates
{
    public static object Welcome(string? key = null) => new
    {
        key = key ?? $"welcome-{Guid.NewGuid():N}",
        name = "Welcome",
        subject = "Hello {{name}}",
        html = "<p>Welcome, {{name}}!</p>",
    };

    public static async Task<string> CreateAsync(this Api api, object? template = null) =>
        (await api.PostAsync("/api/templates", template ?? Welcome())).Expect(201).Id;

    public static async Task<string> SendAsync(this Api api, string template, string recipient) =>
        (await api.PostAsync($"/api/templates/{template}/send", new { recipient, variables = new { name = "Anna" } }))
        .Expect(202)["logId"].GetString()!;
}
