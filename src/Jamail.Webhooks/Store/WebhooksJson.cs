using System.Text.Json.Serialization;

namespace Jamail.Webhooks;

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
