namespace Jamail.Mail.Tests.Support;

/// <summary>Every behaviour holds on both.</summary>
public enum Store
{
    Postgres,

    Sqlite,
}
