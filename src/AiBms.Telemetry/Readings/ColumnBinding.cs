namespace AiBms.Telemetry.Readings;

/// <summary>Ties a column of a file to its meaning: value = field · Scale + Offset in our unit.</summary>
/// <param name="Role">What it means.</param>
/// <param name="Index">Its position in the file, from 0.</param>
/// <param name="FileName">What the file calls it; for people.</param>
/// <param name="Name">Our name, for <see cref="Role.Extra"/>.</param>
/// <param name="Unit">Our unit after scaling.</param>
/// <param name="Scale">Factor from the file's unit to ours.</param>
/// <param name="Offset">Added after scaling.</param>
/// <param name="Form">How the field is written.</param>
sealed record ColumnBinding(
    Role Role, int Index, string FileName, string Name, string Unit, double Scale = 1, double Offset = 0, FieldForm Form = FieldForm.Number);
