namespace ReferenceHost.Tests.Support;

public enum Store
{
    Sqlite,
    Postgres,
}
