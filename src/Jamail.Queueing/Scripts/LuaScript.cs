namespace Jamail.Queueing;

/// <summary>A script as it is sent to Redis.</summary>
/// <param name="Name">The file's name without its key count, as <c>moveToActive</c>.</param>
/// <param name="KeyCount">How many keys it declares.</param>
/// <param name="Text">The Lua text with its includes.</param>
/// <param name="Sha1">By what Redis knows the text.</param>
internal sealed record LuaScript(string Name, int KeyCount, string Text, byte[] Sha1);
