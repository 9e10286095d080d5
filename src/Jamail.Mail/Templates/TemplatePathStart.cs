namespace Jamail.Mail;

internal enum TemplatePathStart
{
    /// <summary>A block parameter of that name, else the data at hand.</summary>
    Name,

    /// <summary>The data at hand, or that many levels above.</summary>
    Here,

    /// <summary>All data.</summary>
    Root,

    /// <summary>What a loop knows about itself: index, key, first, last.</summary>
    Loop,
}
