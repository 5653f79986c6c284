using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;

namespace AiBms.Trials.Edge;

/// <summary>What features and network in C# float answer to the readings of <see cref="SocRows"/>, hashed as <c>conformance/netsoc.c</c> does.</summary>
static class NetRows
{
    /// <summary>Number of rows and the hash of all features and answers.</summary>
    public static string Hash(EdgeCell cell, ModelFile file, float[] rows)
    {
        EdgeNetSoc net = new(cell, file);
        ulong hash = 14695981039346656037;
        int known = 0;
        void Add(uint word)
        {
            for (int k = 0; k < 4; k++) hash = (hash ^ ((word >> (8 * k)) & 0xFF)) * 1099511628211;
        }

        for (int k = 0; k < rows.Length; k += 4)
        {
            var answer = net.Step(rows[k], rows[k + 1], rows[k + 2], rows[k + 3]);
            Assert.InRange(answer.Soc, 0, 1);
            for (int feature = 0; feature < SocFeatures.Measured.Count; feature++) Add(BitConverter.SingleToUInt32Bits(net.Features.Value(feature)));
            Add(BitConverter.SingleToUInt32Bits(answer.Soc));
            Add(BitConverter.SingleToUInt32Bits(answer.SocDeviation));
            Add(answer.IsKnown ? 1u : 0);
            if (answer.IsKnown) known++;
        }

        Assert.True(known > rows.Length / 4 / 10, "a tenth of the rows lies where the network was trained");
        return $"{rows.Length / 4} {hash:x16}";
    }
}
