using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace AiBms.Server.Books;

/// <summary>The keys that cookies and forms are sealed with, in the store's database: what one server sealed the others open.</summary>
/// <exception cref="System.Data.Common.DbException">From every member: the database cannot be reached; keys that are known stay in use.</exception>
sealed class SharedKeys(NpgsqlDataSource source) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand("SELECT body FROM keys ORDER BY name");
        using var rows = command.ExecuteReader();
        List<XElement> all = [];
        while (rows.Read()) all.Add(XElement.Parse(rows.GetString(0)));
        return all;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source.CreateCommand("INSERT INTO keys VALUES (@name, @body)");
        command.Parameters.AddWithValue("@name", friendlyName);
        command.Parameters.AddWithValue("@body", element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
