using ReferenceHost.Tests.Support;

namespace ReferenceHost.Tests.Routes;

public sealed class CategoryTests
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_category_is_saved_read_listed_and_removed(Store store)
    {
        var api = await Hosts.ApiAsync(store);
        var key = $"c{Guid.NewGuid():N}";

        var saved = (await api.PutAsync(
            $"/api/categories/{key}", new { priority = 5, maxAgeSeconds = 3600, deferScheduleSeconds = new[] { 1.5, 60 }, uncertain = "reconcile", route = new[] { "default" } })).Expect(200);
        Assert.Equal((key, 5, "reconcile"), (saved["key"].GetString(), saved["priority"].GetInt32(), saved["uncertain"].GetString()));
        Assert.Equal(1.5, saved["deferScheduleSeconds"][0].GetDouble());
        Assert.Equal(saved.Text, (await api.GetAsync($"/api/categories/{key}")).Expect(200).Text);
        Assert.Contains((await api.GetAsync("/api/categories")).Expect(200).Items, item => item.GetProperty("key").GetString() == key);

        (await api.DeleteAsync($"/api/categories/{key}")).Expect(204);
        (await api.DeleteAsync($"/api/categories/{key}")).Expect(404);
        (await api.GetAsync($"/api/categories/{key}")).Expect(404);
    }

    [Fact]
    public async Task A_wrong_category_is_refused_field_by_field()
    {
        var api = await Hosts.ApiAsync(Store.Sqlite);
        (await api.PutAsync("/api/categories/x", new { maxAgeSeconds = 0 })).Expect(422, "maxAge");
        (await api.PutAsync("/api/categories/x", new { uncertain = "perhaps" })).Expect(422, "uncertain");
        (await api.PutAsync("/api/categories/x", new { logDays = 0 })).Expect(422, "logDays");
        (await api.PutAsync("/api/categories/x", new { deferScheduleSeconds = Array.Empty<double>() })).Expect(422, "deferSchedule");
    }
}
