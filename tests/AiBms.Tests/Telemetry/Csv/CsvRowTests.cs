using System.Text;
using AiBms.Telemetry.Csv;
using CsCheck;

namespace AiBms.Tests.Telemetry.Csv;

public class CsvRowTests
{
    static (int Used, string[] Fields) Read(string text, bool isFinal = true)
    {
        List<byte[]> fields = [];
        int used = CsvRow.Read(Encoding.UTF8.GetBytes(text), (byte)',', isFinal, fields);
        return (used, [.. fields.Select(Encoding.UTF8.GetString)]);
    }

    [Fact]
    public void WhatRfc4180QuotesIsReadBack() =>
        Gen.Char["ab,\"\n\r 1."].Array[0, 6].Array[1, 5].Sample(row =>
        {
            string[] fields = [.. row.Select(field => new string(field))];
            string text = string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
            (int used, string[] read) = Read(text + "\r\nnext");
            return used == Encoding.UTF8.GetByteCount(text) + 2 && read.SequenceEqual(fields);
        });

    [Theory]
    [InlineData("a,\"b")]
    [InlineData("a,b")]
    [InlineData("a,\"b\"")]
    [InlineData("a,b\r")]
    public void ARowThatMayGoOnIsNotReadYet(string text) => Assert.Equal(-1, Read(text, isFinal: false).Used);

    [Fact]
    public void AnUnclosedQuoteEndsWithTheFile() => Assert.Equal(["a", "b\nc"], Read("a,\"b\nc").Fields);

    [Fact]
    public void AQuoteInsideAFieldIsALetter() => Assert.Equal(["5\" cell", "b"], Read("5\" cell,b\n").Fields);
}
