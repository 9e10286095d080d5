namespace Jamail.AspNetCore;

internal sealed record SecretView(string Secret)
{
    public override string ToString() => "***";
}
