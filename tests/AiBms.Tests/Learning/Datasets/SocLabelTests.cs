using AiBms.Learning.Datasets;

namespace AiBms.Tests.Learning.Datasets;

public class SocLabelTests
{
    [Fact]
    public void CounterAndCountingAgreeOnARecordingWhoseCounterIsExact()
    {
        var drive = MadeUp.Drive();
        Assert.Equal(SocLabel.FromCounter(drive.Recording, 2), SocLabel.ByCounting(drive.Recording, 2));
    }

    [Fact]
    public void AWrongCapacityScalesWhatWasDischarged()
    {
        var drive = MadeUp.Drive();
        var other = drive.WithCapacityTimes(1.05);
        Assert.Equal(2.1, other.ReferenceAh, 1e-12);
        Assert.Equal(1 + drive.Recording.ChargeAh![4000] / 2.1, other.Soc[4000], 1e-12);
    }

    [Fact]
    public void LeadingRowsOfARestAreDroppedAndTimeRestarts()
    {
        var drive = MadeUp.Drive(100).Recording;
        for (int k = 0; k < 100; k++) drive.TimeS[k] = k < 5 ? 60 * k : 240 + (k - 4);
        int row = RecordingRows.FirstRowWithStepWithin(drive, 3);
        var rest = RecordingRows.From(drive, row);
        Assert.Equal(4, row);
        Assert.Equal(0, rest.TimeS[0]);
        Assert.Equal(1, rest.TimeS[1]);
        Assert.Equal(96, rest.RowCount);
    }

    [Fact]
    public void TheDateOfAPanasonicRunIsInItsName() => Assert.Equal(
        new DateTime(2017, 6, 23, 23, 35, 0),
        PanasonicCapacity.DateOf("-20degC__Drive_cycles__06-23-17_23.35_n20degC_LA92_Pan18650PF.csv.gz"));
}
