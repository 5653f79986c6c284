using System.Text;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;
using AiBms.Tests.House;
using CsCheck;

namespace AiBms.Tests.Telemetry.Readings;

/// <summary>Whatever the bytes, the door opens them or says in one sentence why not.</summary>
public class FuzzTests
{
    static readonly Gen<byte[]> Text = Gen.Select(Gen.OneOf("time_s,voltage_v,current_a\n", "Test Time / s,Voltage / V,Current / A\n", "Time (s);Voltage (V);Current (A)\n", ""),
        Gen.Char["0123456789.,;-+eE:/ \"\n\r\t#NaNabc°\0"].Array[0, 300], (header, tail) => Encoding.UTF8.GetBytes(header + new string(tail)));

    static readonly Gen<byte[]> Noise = Gen.Select(Gen.OneOf<byte[]>([], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], [0xFF, 0xFE], "PAR1"u8.ToArray(), "MATLAB 5.0 MAT-file"u8.ToArray()), Gen.Byte.Array[0, 300], (head, tail) => (byte[])[.. head, .. tail]);

    [Fact]
    public void AnyTextIsOpenedOrRefused() => Text.Sample(OpensOrRefuses, iter: 300, threads: 1);

    [Fact]
    public void AnyBytesAreOpenedOrRefused() => Noise.Sample(OpensOrRefuses, iter: 150, threads: 1);

    [Theory]
    [InlineData("digatron.csv")]
    [InlineData("biologic_decimal_comma.mpt")]
    [InlineData("neware_btsda.csv")]
    [InlineData("labview.lvm")]
    [InlineData("meas_compressed.mat")]
    [InlineData("meas_plain.mat")]
    public void ADamagedFixtureIsOpenedOrRefused(string file) => Damaged(File.ReadAllBytes(Repo.At($"tests/AiBms.Tests/Telemetry/Fixtures/{file}")));

    [Theory]
    [InlineData("x.bdf.parquet")]
    [InlineData("x.bdf.gz")]
    public void ADamagedConversionIsOpenedOrRefused(string name)
    {
        using var place = new TextFile(name, "");
        RecordingWriter.Write(RecordingDoor.Open(Repo.At("tests/AiBms.Tests/Telemetry/Fixtures/digatron.csv")), place.Path);
        Damaged(File.ReadAllBytes(place.Path));
    }

    static void Damaged(byte[] whole) =>
        Gen.Select(Gen.Int[0, whole.Length - 1].Array[1, 4], Gen.Byte, Gen.Int[1, whole.Length], Gen.Bool).Sample((places, value, length, isCut) =>
        {
            byte[] damaged = isCut ? whole[..length] : [.. whole];
            foreach (int at in places)
            {
                if (at < damaged.Length)
                    damaged[at] = value;
            }

            return OpensOrRefuses(damaged);
        }, iter: 80, threads: 1);

    static bool OpensOrRefuses(byte[] contents)
    {
        using var file = new TextFile("fuzz.lvm", contents);
        try
        {
            Recording recording = RecordingDoor.Open(file.Path);
            return recording.RowCount == recording.Flags.Length && recording.RowCount == recording.VoltageV.Length && recording.Series.Sum(series => series.RowCount) == recording.RowCount;
        }
        catch (DataException problem)
        {
            return problem.Message.Length > 20 && !problem.Message.Contains('\n', StringComparison.Ordinal);
        }
    }
}
