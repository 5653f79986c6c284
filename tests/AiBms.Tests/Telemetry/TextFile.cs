using System.Text;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Telemetry;

/// <summary>A file in a folder of its own, gone after the test.</summary>
sealed class TextFile : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");

    public TextFile(string name, string text) : this(name, Encoding.UTF8.GetBytes(text))
    {
    }

    public TextFile(string name, byte[] contents)
    {
        Path = System.IO.Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(Path, contents);
    }

    public string Path { get; }

    public string Folder => _folder.FullName;

    public static Recording Open(string text, RecordingOptions? options = null)
    {
        using var file = new TextFile("r.csv", text);
        return RecordingDoor.Open(file.Path, options ?? new());
    }

    public static string Refusal(string text, RecordingOptions? options = null) => Assert.Throws<DataException>(() => Open(text, options)).Message;

    public void Dispose() => _folder.Delete(recursive: true);
}
