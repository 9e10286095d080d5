namespace Jamail.Mail.Scriban;

/// <summary>Text that is HTML already and is written as it is.</summary>
internal sealed record RawHtml(string Text)
{
    public override string ToString() => Text;
}
