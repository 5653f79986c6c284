using CsCheck;

namespace AiBms.Tests.Safety;

/// <summary>Something that happens on the bench: which input changes, where, to what, and for how many steps nothing else does.</summary>
public readonly record struct SafetyEvent(int Kind, int Index, float Value, long Jump, int HoldSteps)
{
    public const int Kinds = 44;

    /// <summary>Values at the edges of every limit, nonsense, and any bit pattern.</summary>
    static readonly float[] s_edges =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, 0, -0f, 1, -1,
        3.7f, 3.3f, 4.19f, 4.21f, 4.24f, 4.26f, 4.3f, 4.9f, 5, 66.5f, 2.9f, 2.6f, 2.4f, 1.9f, 0.1f,
        25, 26, 35, -3, -26, -31, 41, 51, 58, 61, 120, 255, 511, 100, -100, 150, 200, -200, -350, -450, -2000, 44.4f, 50, 600, 1e6f,
    ];

    static readonly long[] s_jumps =
        [0, 1, 20, 999, 1000, 1001, 60_000, 3_600_000, -1, -20, -60_000, long.MinValue, long.MaxValue, long.MaxValue - 1, int.MaxValue, int.MinValue];

    public static readonly Gen<SafetyEvent> Any =
        from kind in Gen.Int[0, Kinds - 1]
        from index in Gen.Int[0, 11]
        from value in Gen.Frequency((5, Gen.Int[0, s_edges.Length - 1].Select(i => s_edges[i])), (1, Gen.Single))
        from jump in Gen.Int[0, s_jumps.Length - 1].Select(i => s_jumps[i])
        from hold in Gen.Frequency((3, Gen.Int[1, 30]), (2, Gen.Int[30, 300]), (1, Gen.Int[300, 900]))
        select new SafetyEvent(kind, index, value, jump, hold);

    public static readonly Gen<SafetyEvent[]> Sequence = Any.Array[1, 30];
}
