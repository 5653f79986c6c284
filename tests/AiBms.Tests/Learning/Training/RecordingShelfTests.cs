using AiBms.Learning.Datasets;
using AiBms.Learning.Training;

namespace AiBms.Tests.Learning.Training;

/// <summary>A set larger than memory is read again and again, never held as a whole.</summary>
public class RecordingShelfTests
{
    const int Rows = 1000, BytesARow = 56;

    readonly List<string> _opened = [];

    LabelledRecording Take(RecordingShelf shelf, string name) => shelf.Take(name, () =>
    {
        _opened.Add(name);
        return MadeUp.Drive(Rows, name);
    });

    [Fact]
    public void WhatFitsIsReadOnce()
    {
        RecordingShelf shelf = new(2 * Rows * BytesARow);
        var first = Take(shelf, "a");
        Take(shelf, "b");
        Assert.Same(first, Take(shelf, "a"));
        Assert.Equal(["a", "b"], _opened);
    }

    [Fact]
    public void WhatWasNotUsedForLongestIsLetGo()
    {
        RecordingShelf shelf = new(2 * Rows * BytesARow);
        foreach (string name in (string[])["a", "b", "a", "c", "a", "b"]) Take(shelf, name);
        Assert.Equal(["a", "b", "c", "b"], _opened);
    }

    [Fact]
    public void ARecordingLargerThanTheShelfIsGivenAllTheSame()
    {
        RecordingShelf shelf = new(1);
        Assert.Equal(Rows, Take(shelf, "a").Soc.Length);
        Assert.Equal(Rows, Take(shelf, "b").Soc.Length);
        Take(shelf, "a");
        Assert.Equal(["a", "b", "a"], _opened);
    }
}
