using AiBms.Telemetry.Mat;
using AiBms.Tests.House;

namespace AiBms.Tests.Telemetry.Mat;

public class MatReaderTests
{
    static byte[] Fixture(string name) => File.ReadAllBytes(Repo.At($"tests/AiBms.Tests/Telemetry/Fixtures/{name}"));

    [Fact]
    public void CompressedAndPlainHoldTheSame()
    {
        MatArray compressed = Assert.Single(MatReader.Read(Fixture("meas_compressed.mat")));
        MatArray plain = MatReader.Read(Fixture("meas_plain.mat"))[0];
        Assert.Equal(["meas.Time", "meas.Voltage", "meas.Current", "meas.Ah", "meas.Battery_Temp_degC", "meas.Chamber_Temp_degC"], plain.Fields.Select(field => field.Name));
        Assert.All(plain.Fields.Zip(compressed.Fields), pair => Assert.Equal(pair.First.Numbers, pair.Second.Numbers));
    }

    [Fact]
    public void ScalarsAndTextStandBesideTheStruct() =>
        Assert.Equal([("meas", 0), ("note", 0), ("x", 1)], MatReader.Read(Fixture("meas_plain.mat")).Select(array => (array.Name, array.Numbers.Length)));

    [Fact]
    public void BigEndianAndDamageAreRefused()
    {
        byte[] file = Fixture("meas_plain.mat");
        Assert.Throws<InvalidDataException>(() => MatReader.Read(file.AsMemory(0, 100)));
        Assert.Throws<InvalidDataException>(() => MatReader.Read(file.AsMemory(0, file.Length - 9)));
        (file[126], file[127]) = ((byte)'M', (byte)'I');
        Assert.Contains("big-endian", Assert.Throws<InvalidDataException>(() => MatReader.Read(file)).Message, StringComparison.Ordinal);
    }
}
