using AiBms.Server.Access;

namespace AiBms.Tests.Server.Books;

/// <summary>Users in a file of the server.</summary>
public sealed class UserBookTests : UserBookContract, IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");

    string FilePath => Path.Combine(_folder.FullName, "users.db");

    public void Dispose() => _folder.Delete(recursive: true);

    private protected override UserBook Open() => new(UserBook.InFile(FilePath));

    private protected override string Kept() => File.ReadAllText(FilePath, System.Text.Encoding.Latin1);
}
