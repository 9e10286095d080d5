namespace Jamail.Shared;

internal sealed class IdempotencyRow
{
    public byte[] Fingerprint { get; set; } = [];

    public string Response { get; set; } = "";
}
