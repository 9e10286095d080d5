using Jamail.TestSupport;

namespace Jamail.Bench;

/// <summary>Starts the child of a side.</summary>
internal static class SideProcess
{
    private static readonly string NodeFolder = Repository.PathOf("bench", "node");

    public static LineProcess Start(Side side, SideSpec spec) => side switch
    {
        Side.Jamail => DotnetProcess.Start("Jamail.Bench.dll", ["side", spec.ToJson()]),
        Side.BullMq => new NodeSide(spec),
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    private sealed class NodeSide(SideSpec spec)
        : LineProcess("node", ["side.mjs", spec.ToJson()], NodeFolder, environment: null);
}
