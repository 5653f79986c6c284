using System.Buffers.Binary;
using AiBms.Telemetry;
using AiBms.Telemetry.Parquet;
using AiBms.Telemetry.Readings;
using AiBms.Tests.House;

namespace AiBms.Tests.Telemetry.Parquet;

/// <summary>A footer is passed on only when it is whole: on some that are not, the reading package goes round for ever.</summary>
public class ParquetFooterTests
{
    [Fact]
    public void AWrittenFooterIsWholeAndLosesNoByte()
    {
        byte[] footer = Written();
        Assert.True(IsWhole(footer));
        for (int length = 0; length < footer.Length; length++) Assert.False(IsWhole(footer[..length]), $"{length} of {footer.Length} bytes");
        Assert.False(IsWhole([.. footer, 0]));
    }

    // Thrift's compact protocol: a field's head is (step of id << 4 | type), a list's (count << 4 | type), 0 ends a structure.
    [Theory]
    [InlineData(true, 0x15, 0x02, 0)] // i32
    [InlineData(true, 0x05, 0x06, 0x02, 0)] // i32 with its id spelt out
    [InlineData(true, 0x11, 0x12, 0)] // two booleans
    [InlineData(true, 0x19, 0x21, 1, 2, 0)] // list of two booleans
    [InlineData(true, 0x1B, 0x01, 0x88, 1, 65, 1, 66, 0)] // map from text to text
    [InlineData(true, 0x18, 0x02, 65, 66, 0)] // text
    [InlineData(true, 0x1C, 0x15, 0x02, 0, 0)] // structure in a structure
    [InlineData(false, 0x15, 0x02)] // no end
    [InlineData(false, 0x1E, 0)] // no such type
    [InlineData(false, 0x15, 0x80, 0x80)] // a number that goes on
    [InlineData(false, 0x19, 0xF1, 0xFF, 0xFF, 0x7F, 0)] // a list longer than the file
    [InlineData(false, 0x1B, 0xFF, 0x7F, 0x88, 0)] // a map longer than the file
    [InlineData(false, 0x18, 0x7F, 65, 0)] // a text longer than the file
    [InlineData(false, 0x15, 0x02, 0, 7)] // a byte too many
    public void HandMade(bool isWhole, params int[] footer) => Assert.Equal(isWhole, IsWhole([.. footer.Select(b => (byte)b)]));

    [Fact]
    public void ListsInListsEndSomewhere() => Assert.False(IsWhole([0x19, .. Enumerable.Repeat((byte)0x19, 5000), 0x13, 1, 0]));

    [Fact]
    public void WhatIsNoParquetHasNoFooter()
    {
        Assert.False(ParquetFooter.IsWhole(new MemoryStream([])));
        Assert.False(ParquetFooter.IsWhole(new MemoryStream(new byte[100])));
        Assert.False(ParquetFooter.IsWhole(new MemoryStream([.. "PAR1"u8, 255, 255, 255, 127, .. "PAR1"u8])));
    }

    [Fact]
    public void TheDoorSaysSoInOneSentence()
    {
        using var place = new TextFile("cut.parquet", File(Written()[..^1]));
        Assert.Contains("its Parquet footer is not whole", Assert.Throws<DataException>(() => RecordingDoor.Open(place.Path)).Message, StringComparison.Ordinal);
    }

    static bool IsWhole(byte[] footer) => ParquetFooter.IsWhole(new MemoryStream(File(footer)));

    static byte[] File(byte[] footer)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. "PAR1"u8, .. footer, .. length, .. "PAR1"u8];
    }

    static byte[] Written()
    {
        using var place = new TextFile("x.bdf.parquet", "");
        RecordingWriter.Write(RecordingDoor.Open(Repo.At("tests/AiBms.Tests/Telemetry/Fixtures/digatron.csv")), place.Path);
        byte[] file = System.IO.File.ReadAllBytes(place.Path);
        int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 8));
        return file[^(8 + length)..^8];
    }
}
