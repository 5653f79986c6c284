using System.Globalization;
using System.Text;
using AiBms.Telemetry.Csv;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Telemetry.Csv;

public class CsvTableReaderTests
{
    static readonly Layout Layout = new("test")
    {
        Columns = { new(Role.Time, 0, "t", "", "s"), new(Role.Voltage, 2, "v", "", "V") },
    };

    static RawTable Read(string text, int windowBytes)
    {
        var window = new ByteWindow(new MemoryStream(Encoding.UTF8.GetBytes(text)), windowBytes);
        window.Fill();
        return new CsvTableReader(window, Layout, new('.', DayFirst: false, LineEndsWithReturn: false)).Read(1);
    }

    [Fact]
    public void TheSizeOfTheWindowChangesNothing()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 300; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i * 0.1},\"a, {i}\nb\",{3 + i * 1e-3}\r\n{i * 0.1 + 0.05},x,{(i % 7 == 0 ? "" : "4.1")}\n");
        RawTable whole = Read(text.ToString(), 1 << 20);
        Assert.Equal(600, whole.RowCount);
        foreach (int windowBytes in (int[])[1, 2, 7, 64, 1000])
        {
            RawTable part = Read(text.ToString(), windowBytes);
            Assert.Equal(whole.Numbers[0], part.Numbers[0]);
            Assert.Equal(whole.Numbers[1], part.Numbers[1]);
            Assert.Equal(whole.Flags, part.Flags);
            Assert.Equal(Enumerable.Range(0, 600).Select(whole.Lines.LineOf), Enumerable.Range(0, 600).Select(part.Lines.LineOf));
        }

        // Each quoted row takes two lines: row 2k begins on line 3k + 1, row 2k + 1 on line 3k + 3.
        Assert.Equal((1, 3, 4, 6), (whole.Lines.LineOf(0), whole.Lines.LineOf(1), whole.Lines.LineOf(2), whole.Lines.LineOf(3)));
    }

    [Fact]
    public void ARowMoreCostsNoAllocation()
    {
        // The difference of two files leaves only what each row costs, beside the doubling of arrays: 8 bytes a value, 1 a flag.
        string row = string.Concat(Enumerable.Repeat("1.5,x,3.75\n", 1000));
        string ten = string.Concat(Enumerable.Repeat(row, 10));
        Read(ten, 1 << 16);
        byte[] bytes = Encoding.UTF8.GetBytes(ten);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var window = new ByteWindow(new MemoryStream(bytes), 1 << 16);
        window.Fill();
        RawTable table = new CsvTableReader(window, Layout, new('.', DayFirst: false, LineEndsWithReturn: false)).Read(1);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // Arrays that double hold at most 4 times their final size in all, trimming once more.
        Assert.InRange(allocated, 0, table.RowCount * 17L * 5 + (1 << 17));
    }
}
