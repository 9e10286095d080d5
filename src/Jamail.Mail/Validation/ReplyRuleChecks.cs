namespace Jamail.Mail;

/// <summary>What a rule of the host's own must be.</summary>
internal static class ReplyRuleChecks
{
    public static IEnumerable<string> Problems(string section, IList<ReplyRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var (rule, name) = (rules[i], $"{section}:ReplyRules:{i}");
            if (!SendRules.Kinds.ContainsKey(rule.Class))
            {
                yield return $"{name}:Class is '{rule.Class}', which is no class. Give one of {string.Join(", ", SendRules.Kinds.Keys.Order(StringComparer.Ordinal))}.";
            }

            if (rule is { Code: null, EnhancedCode: null, Text: null })
            {
                yield return $"{name} has no condition on the reply and would fit all: give Code, EnhancedCode or Text.";
            }

            foreach (var (field, pattern) in new[] { ("Code", rule.Code), ("EnhancedCode", rule.EnhancedCode), ("Text", rule.Text) })
            {
                if (Fault(pattern) is { } fault)
                {
                    yield return $"{name}:{field} is '{pattern}', which is no regular expression that can be used: {fault} Give one without back-references and look-around.";
                }
            }
        }
    }

    private static string? Fault(string? pattern)
    {
        try
        {
            _ = SendRule.Compile(pattern, wholeText: false);
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return fault.Message;
        }
    }
}
