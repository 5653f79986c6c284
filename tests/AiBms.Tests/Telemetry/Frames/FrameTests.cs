using System.Formats.Cbor;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using Record = AiBms.Telemetry.Frames.Record;
using CsCheck;

namespace AiBms.Tests.Telemetry.Frames;

/// <summary>What is written on the wire is read back, within half a step; anything else is refused with a sentence.</summary>
public class FrameTests
{
    static readonly Gen<double[]> s_cellV = Gen.Frequency((9, Gen.Double[0, 5]), (1, Gen.Const(double.NaN))).Array[0, 200];

    [Fact]
    public void AFrameComesBackWithinHalfAStep() =>
        Gen.Select(Gen.Double[-1e4, 1e4], Gen.Double[0, 1], s_cellV, Gen.Int[0, 511]).Sample((currentA, soc, cellV, flags) =>
        {
            PackFrame sent = new() { CurrentA = currentA, Soc = soc, CellVoltageV = cellV, Flags = (PackFlags)flags, HotSpotCell = 7, ChargeLimitValues = [12.5, 3, double.NaN] };
            var read = PackFrame.Of(sent.ToBytes());
            Near(currentA, read.CurrentA, 0.005);
            Near(soc, read.Soc, 0.5e-4);
            Assert.Equal(cellV.Length, read.CellVoltageV.Length);
            for (int k = 0; k < cellV.Length; k++) Near(cellV[k], read.CellVoltageV[k], 0.0005);
            Assert.Equal((PackFlags)flags, read.Flags);
            Assert.Equal(7, read.HotSpotCell);
            Assert.Equal([12.5, 3, double.NaN], read.ChargeLimitValues);
            Assert.True(double.IsNaN(read.VoltageV), "what was not known came back as a number");
        });

    /// <summary>The promise of 250 bytes, with all there is to say: charging, everything measured, 96 cells 15 mV apart (one deviation), all of them bleeding.</summary>
    [Fact]
    public void AFrameOf96CellsHasAtMost250Bytes() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            Random random = new(seed);
            double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double[] Limit(double a) => [a + random.NextDouble(), 4, 95, 4.1 + 0.1 * random.NextDouble(), 4.25, 12];
            PackFrame frame = new()
            {
                ProtectionCode = 3,
                CurrentA = 100 + 50 * Normal(),
                VoltageV = 380 + 5 * Normal(),
                Soc = 0.5,
                SocDeviation = 0.0123,
                VendorSoc = 0.4987,
                ValidityCode = 1,
                ChargeLimitValues = Limit(200),
                DischargeLimitValues = Limit(-400),
                ChargeDecisionValues = [151.37, 3, 24.317, 25, 95],
                HotSpotDegC = 31.4,
                HotSpotCell = 95,
                AmbientDegC = -12.3,
                InletDegC = 24.9,
                OutletDegC = 27.1,
                FlowLPerMin = 12.4,
                LevelFraction = 0.97,
                PumpFraction = 0.55,
                ChillerFraction = 0.31,
                HeaterFraction = 0.4,
                Flags = (PackFlags)511,
                ModeCode = 2,
                IsolationOhm = 2.5e6,
                CellVoltageV = [.. Enumerable.Range(0, 96).Select(_ => 3.7 + 0.015 * Normal())],
                ProbeDegC = [.. Enumerable.Range(0, 24).Select(_ => 25 + Normal())],
                Bleeding = [.. Enumerable.Repeat((byte)255, 12)],
            };
            Assert.InRange(frame.ToBytes().Length, 100, 250);
        });

    /// <summary>What an agent before this one wrote is read: limits in single precision under their old numbers.</summary>
    [Fact]
    public void LimitsInSinglePrecisionAreRead()
    {
        CborWriter old = new(CborConformanceMode.Strict);
        old.WriteStartMap(null);
        old.WriteInt32(7);
        old.WriteStartArray(3);
        old.WriteSingle(12.75f);
        old.WriteInt32(3);
        old.WriteNull();
        old.WriteEndArray();
        old.WriteEndMap();
        Assert.Equal([12.75, 3, double.NaN], PackFrame.Of(old.Encode()).ChargeLimitValues);
    }

    [Fact]
    public void ABatchComesBackWhole() =>
        Gen.Select(Gen.Long[1, 1L << 40], Gen.Byte.Array[0, 50].Array[1, 30]).Sample((first, bodies) =>
        {
            RecordBatch sent = new("car-1", 77, [.. bodies.Select((body, k) => new Record(first + k, first + k, RecordKind.Frame, 1000 * k, body))]);
            var read = RecordBatch.Of(sent.ToBytes());
            Assert.Equal((sent.PackId, sent.Epoch), (read.PackId, read.Epoch));
            Assert.Equal(sent.Records.Select(r => (r.Seq, r.SeqEnd, r.Kind, r.TimeMs, Convert.ToHexString(r.Body))), read.Records.Select(r => (r.Seq, r.SeqEnd, r.Kind, r.TimeMs, Convert.ToHexString(r.Body))));
        });

    [Fact]
    public void AChangedByteOfARecordIsFoundByTheChecksum()
    {
        byte[] bytes = new RecordBatch("car-1", 1, [new(1, 1, RecordKind.Frame, 5, new PackFrame { CurrentA = -3 }.ToBytes())]).ToBytes();
        bytes[^3] ^= 1;
        Assert.Contains("checksum", Assert.Throws<DataException>(() => RecordBatch.Of(bytes)).Message, StringComparison.Ordinal);
    }

    /// <summary>The reader is a lax one, so it looks itself: a field twice, and a text that is no UTF-8, are refused.</summary>
    [Fact]
    public void AFieldTwiceAndATextThatIsNoneAreRefused()
    {
        Assert.Contains("field 1 twice", Assert.Throws<DataException>(() => PackCard.Of(Convert.FromHexString("BF01050106FF"))).Message, StringComparison.Ordinal);
        Assert.Contains("not a CBOR map", Assert.Throws<DataException>(() => PackCard.Of(Convert.FromHexString("BF1861" + "62C328" + "FF"))).Message, StringComparison.Ordinal);
        // Within what no field of today is, too: a list in a list, a map behind a tag.
        foreach (string hex in (string[])["81F818", "A101C18161FF", "81C1F80F"]) Assert.Throws<DataException>(() => GapNote.Of(Convert.FromHexString("A21863" + hex + "0107")));
        Assert.Equal(7, GapNote.Of(Convert.FromHexString("A21863" + "81A101C1820A60" + "0107")).MissingCount);
    }

    /// <summary>Damage, and bytes of any kind: a result or a <see cref="DataException"/>, never another exception.</summary>
    [Fact]
    public void DamagedBytesAreReadOrRefused()
    {
        byte[] frame = new PackFrame { CurrentA = 12, CellVoltageV = [3.6, 3.7, double.NaN], NotGood = [1, 0, 2], ChargeLimitValues = [1, 2, 3, 4, 5, 6] }.ToBytes();
        byte[] batch = new RecordBatch("car-1", 1, [new(1, 1, RecordKind.Frame, 5, frame), new(2, 9, RecordKind.Gap, 6, [])]).ToBytes();
        Gen.Select(Gen.OneOf(Gen.Const(frame), Gen.Const(batch), Gen.Byte.Array[0, 60]), Gen.Select(Gen.Int[0, 200], Gen.Byte).Array[0, 4], Gen.Int[0, 200]).Sample((bytes, changes, length) =>
        {
            byte[] damaged = [.. bytes[..Math.Min(length, bytes.Length)]];
            foreach (var (at, value) in changes)
                if (at < damaged.Length) damaged[at] = value;
            foreach (Action read in (Action[])[() => PackFrame.Of(damaged), () => PackEstimates.Of(damaged), () => PackCard.Of(damaged), () => FaultEvent.Of(damaged), () => GapNote.Of(damaged), () => RecordBatch.Of(damaged)])
            {
                try
                {
                    read();
                }
                catch (DataException problem)
                {
                    Assert.NotEmpty(problem.Message);
                }
            }
        }, iter: 20_000);
    }

    static void Near(double expected, double read, double within) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(read) : Math.Abs(expected - read) <= within * (1 + 1e-9), $"{expected} came back as {read}");
}
