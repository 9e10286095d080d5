namespace Jamail.Shared;

/// <summary>SQLite's primary result codes.</summary>
internal static class SqliteCodes
{
    public const int Busy = 5;
    public const int Locked = 6;
    public const int Io = 10;
    public const int Full = 13;
    public const int CannotOpen = 14;
}
