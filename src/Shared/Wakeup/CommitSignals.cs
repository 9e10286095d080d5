using Microsoft.Extensions.Logging;

namespace Jamail.Shared;

internal static class CommitSignals
{
    public static CommitSignal Create(Database database, string package, TimeProvider clock, ILogger logger) =>
        database switch
        {
            PostgresDatabase postgres => new PostgresCommitSignal(postgres, package, clock, logger),
            SqliteDatabase sqlite => new SqliteCommitSignal(sqlite.File, clock),
            _ => throw new NotSupportedException(database.GetType().Name),
        };
}
