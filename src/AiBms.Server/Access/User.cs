namespace AiBms.Server.Access;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">Name; upper and lower case are the same.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Hash">Salted hash of the secret (PBKDF2, ASP.NET Core's PasswordHasher).</param>
/// <param name="Stamp">Another one whenever role or secret change: sessions of before end.</param>
/// <param name="Fleet">The fleet whose packs they see; empty for all packs.</param>
sealed record User(string Name, Role Role, string Hash, string Stamp, string Fleet = "");
