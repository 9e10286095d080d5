namespace Jamail.Mail;

/// <summary>One mailbox, checked.</summary>
/// <param name="Address">local@domain; the domain may hold letters beyond ASCII.</param>
/// <param name="Name">The display name; null for none.</param>
internal sealed record EmailAddress(string Address, string? Name = null)
{
    public override string ToString() => Name is null ? Address : $"{Name} <{Address}>";
}
