namespace Jamail.Webhooks;

/// <summary>The column <c>origin</c>: why attempts are made.</summary>
internal static class AttemptOrigin
{
    public const int Schedule = 1;
    public const int Person = 2;
    public const int Recovery = 3;
    public const int Test = 4;
}
