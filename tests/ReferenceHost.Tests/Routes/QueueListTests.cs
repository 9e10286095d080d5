using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class QueueListTests
{
    [Fact]
    public async Task Queues_are_listed_with_the_number_of_jobs_in_each_state()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var queues = (await api.GetAsync("/api/queues")).Expect(200);

        var names = queues.Items.Select(item => item.GetProperty("name").GetString());
        Assert.Subset(names.ToHashSet(), new HashSet<string?> { "email-sending", "webhook-delivery" });
        Assert.Equal(["name", "isPaused", "counts"], queues.Items[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["active", "completed", "delayed", "failed", "prioritized", "waiting", "waitingChildren"],
            queues.Items[0].GetProperty("counts").EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public async Task An_unknown_queue_or_state_is_an_error_that_names_the_known_ones()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        var unknown = (await api.GetAsync("/api/queues/nowhere/jobs")).Expect(404);
        Assert.Contains("email-sending", unknown["detail"].GetString(), StringComparison.Ordinal);
        (await api.PostAsync("/api/queues/a%3Ab/pause")).Expect(422, "name");
        var state = (await api.GetAsync("/api/queues/email-sending/jobs?state=lost")).Expect(422, "state");
        Assert.Contains("waiting-children", state.Text, StringComparison.Ordinal);
        (await api.GetAsync("/api/queues/email-sending/jobs?cursor=nonsense")).Expect(422, "cursor");
        (await api.GetAsync("/api/queues/email-sending/jobs?state=waiting&cursor=nonsense")).Expect(422, "cursor");
        (await api.GetAsync("/api/queues/email-sending/jobs?limit=0")).Expect(422, "limit");
    }
}
