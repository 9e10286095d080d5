using Jamail.Shared;
using Npgsql;

namespace Jamail.Webhooks.Tests;

public class PostgresDataSourceTests
{
    [Fact]
    public void Statements_are_prepared_and_sessions_not_reset_when_the_connection_string_does_not_say()
    {
        var made = new NpgsqlConnectionStringBuilder(PostgresDataSource.WithDefaults("Host=db;Database=app;Password=a b"));

        Assert.Equal((100, 2, true), (made.MaxAutoPrepare, made.AutoPrepareMinUsages, made.NoResetOnClose));
        Assert.Equal(("db", "app", "a b"), (made.Host, made.Database, made.Password));
    }

    [Theory]
    [InlineData("Max Auto Prepare=0", 0, 2, true)]
    [InlineData("maxautoprepare=7", 7, 2, true)]
    [InlineData("MaxAutoPrepare=300;Auto Prepare Min Usages=5", 300, 5, true)]
    [InlineData("No Reset On Close=false", 100, 2, false)]
    [InlineData("noresetonclose=False;MAX AUTO PREPARE=0;AutoPrepareMinUsages=9", 0, 9, false)]
    public void What_the_connection_string_says_stays(string said, int most, int uses, bool unreset)
    {
        var made = new NpgsqlConnectionStringBuilder(PostgresDataSource.WithDefaults($"Host=db;{said}"));

        Assert.Equal((most, uses, unreset), (made.MaxAutoPrepare, made.AutoPrepareMinUsages, made.NoResetOnClose));
    }

    [Fact]
    public void A_URI_may_say_it_too()
    {
        Assert.True(PostgresUri.TryConvert("postgres://app@db/app?Max%20Auto%20Prepare=0", out var converted));

        Assert.Equal(0, new NpgsqlConnectionStringBuilder(PostgresDataSource.WithDefaults(converted)).MaxAutoPrepare);
    }
}
