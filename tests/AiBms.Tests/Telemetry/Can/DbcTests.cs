using AiBms.Telemetry;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;
using CsCheck;

namespace AiBms.Tests.Telemetry.Can;

/// <summary>Signals against cases worked by hand; the trial beside compares many with another implementation.</summary>
public class DbcTests
{
    const string Head = "VERSION \"\"\nBO_ 256 M: 8 N\n";

    /// <summary>Bytes 12 34 56 78 9A BC DE F0, cut out by hand.</summary>
    [Theory]
    [InlineData("0|16@1+", 0x3412)]
    [InlineData("0|16@1-", 0x3412)]
    [InlineData("7|16@0+", 0x1234)]
    [InlineData("32|8@1-", 0x9A - 256)]
    [InlineData("39|8@0-", 0x9A - 256)]
    [InlineData("4|8@1+", 0x41)]
    [InlineData("3|8@0+", 0x23)]
    [InlineData("11|12@0+", 0x456)]
    [InlineData("0|64@1+", 17_356_517_385_562_371_090.0)]
    [InlineData("7|64@0-", 0x1234_5678_9ABC_DEF0)]
    public void ASignalIsCutOut(string place, double raw)
    {
        var signal = One($" SG_ S : {place} (1,0) [0|0] \"\" N");
        Assert.Equal(raw, signal.Physical(Convert.FromHexString("123456789ABCDEF0")));
    }

    [Fact]
    public void FactorAndOffsetAndFormAreTaken()
    {
        Assert.Equal(0.5 * 0x1234 - 40, One(" SG_ S : 7|16@0+ (0.5,-40) [0|0] \"degC\" N").Physical(Convert.FromHexString("1234000000000000")));
        // 1.5 in single precision is 3FC00000 (IEEE 754).
        Assert.Equal(1.5, One(" SG_ S : 0|32@1- (1,0) [0|0] \"\" N", "SIG_VALTYPE_ 256 S : 1;").Physical(Convert.FromHexString("0000C03F00000000")));
    }

    /// <summary>What is written is read, and no bit beside it is touched.</summary>
    [Fact]
    public void WritingIsTheInverseOfReading() =>
        Gen.Select(Gen.Int[0, 63], Gen.Int[1, 32], Gen.Bool, Gen.Bool, Gen.UInt, Gen.Byte.Array[8]).Sample((start, length, isIntel, isSigned, value, before) =>
        {
            DbcSignal signal = new("S", start, length, isIntel, isSigned ? DbcForm.TwosComplement : DbcForm.Count, 1, 0, "");
            if (signal.BytesNeeded > 8) return;
            double wanted = isSigned ? (int)(value << (32 - length)) >> (32 - length) : value & (uint)((1L << length) - 1);
            byte[] data = [.. before];
            signal.Write(wanted, data);
            Assert.Equal(wanted, signal.Physical(data));
            signal.Write(signal.Physical(before), data);
            Assert.Equal(before, data);
        });

    [Fact]
    public void MultiplexedSignalsAreThereWithTheirValue()
    {
        var file = Parse(Head + " SG_ Mux M : 0|8@1+ (1,0) [0|0] \"\" N\n SG_ A m1 : 8|8@1+ (1,0) [0|0] \"\" N\n SG_ B m2 : 8|8@1+ (1,0) [0|0] \"\" N\nSG_MUL_VAL_ 256 B Mux 2-3,7-7;\n");
        var message = file.Messages[0];
        bool[] Has(byte mux) => [message.Has(message.Find("A")!, [mux, 5]), message.Has(message.Find("B")!, [mux, 5]), message.Has(message.Find("B")!, [mux])];
        Assert.Equal([true, false, false], Has(1));
        Assert.Equal([false, true, false], Has(3));
        Assert.Equal([false, true, false], Has(7));
        Assert.Equal([false, false, false], Has(4));
    }

    [Theory]
    [InlineData("something else", "is no DBC file")]
    [InlineData(Head + " SG_ S : 0|65@1+ (1,0) [0|0] \"\" N", "line 3")]
    [InlineData(Head + " SG_ S : 60|8@1+ (1,0) [0|0] \"\" N", "fits into the 8 bytes")]
    [InlineData(Head + " SG_ S : 0|8@1+ (0,0) [0|0] \"\" N", "factor that is not 0")]
    [InlineData(Head + " SG_ S : 0|8@1+ (1,0) [0|0] \"\" N\n SG_ S : 8|8@1+ (1,0) [0|0] \"\" N", "another name")]
    [InlineData(Head + " SG_ S 0|8", "is not a signal")]
    [InlineData("VERSION \"\"\n SG_ S : 0|8@1+ (1,0) [0|0] \"\" N", "below its message")]
    public void WhatIsWrongIsSaidWithItsLine(string text, string says) => Assert.Contains(says, Assert.Throws<DataException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ACommentMayLookLikeAnything() => Assert.Empty(Parse("VERSION \"\"\nCM_ \"two lines\n SG_ S : nonsense\nof text\";\n").Messages);

    static DbcSignal One(string signal, string more = "") => Parse(Head + signal + "\n" + more).Messages[0].Signals[0];

    static DbcFile Parse(string text)
    {
        using TextFile file = new("bus.dbc", text);
        return DbcFile.Read(file.Path);
    }
}
