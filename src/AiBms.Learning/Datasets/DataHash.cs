using System.Security.Cryptography;
using System.Text;

namespace AiBms.Learning.Datasets;

/// <summary>Says exactly which data a number was made from.</summary>
public static class DataHash
{
    /// <summary>SHA-256 over the names and contents of files, in the order given; lower case hexadecimal.</summary>
    public static string Of(string root, IEnumerable<string> relativePaths)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in relativePaths)
        {
            using var file = File.OpenRead(Path.Combine(root, path));
            all.AppendData(Encoding.UTF8.GetBytes(path));
            all.AppendData([0]);
            all.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
