namespace Jamail.Bench;

/// <summary>Who is measured.</summary>
internal enum Side
{
    Jamail,
    BullMq,
}
