using AiBms.Learning.Plots;
using AiBms.Learning.Training;

namespace AiBms.Tests.Learning.Plots;

/// <summary>Loss curves hold one measure and one training a line.</summary>
public class LossFigureTests
{
    static TrainingPoint Point(int step, double train, double choose) => new(step, 300, 9, train, choose, 1000, 0);

    [Fact]
    public void TrainingsForABandAreNoPartOfThePicture()
    {
        var lines = LossFigure.Lines([Point(100, 3, 4), Point(200, 2, 3), Point(100, double.NaN, double.NaN)]);
        Assert.Equal(2, lines.Length);
        Assert.Equal([3.0, 2], lines[0].VerticalValues);
        Assert.Equal([4.0, 3], lines[1].VerticalValues);
    }

    [Fact]
    public void ASecondNetworkHasLinesOfItsOwn()
    {
        var lines = LossFigure.Lines([Point(100, 3, 4), Point(200, 2, 3), Point(100, 5, 6)]);
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(line.HorizontalValues.Order(), line.HorizontalValues));
    }
}
