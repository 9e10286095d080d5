using Microsoft.Extensions.Options;

namespace Jamail.Webhooks;

/// <summary>The rules the annotations of the settings say.</summary>
[OptionsValidator]
internal sealed partial class WebhooksOptionsValidator : IValidateOptions<WebhooksOptions>;
