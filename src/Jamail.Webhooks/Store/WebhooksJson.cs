using System.Text.Json.Serialization;

namespace Jamail.Webhooks;

[JsonSerializable(typeof(string[]))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
