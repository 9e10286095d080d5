namespace Jamail.Shared;

internal enum SqlDialect
{
    Postgres,

    Sqlite,
}
