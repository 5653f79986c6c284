using System.Data.Common;

namespace AiBms.Server.Books;

/// <summary>A book while it is being changed: nobody else changes it meanwhile, and nothing of it stays where the change fails.</summary>
interface IBookChange
{
    /// <summary>Runs a command whose values are named with an @.</summary>
    /// <returns>How many rows it changed.</returns>
    int Do(string text, params ReadOnlySpan<(string Name, object Value)> values);

    /// <summary>Reads rows.</summary>
    List<T> Read<T>(string text, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> values);
}
