namespace AiBms.Server.Access;

/// <summary>What somebody may do; each role may do what those before it may.</summary>
enum Role
{
    /// <summary>Look at everything.</summary>
    Viewer,

    /// <summary>Acknowledge events, choose a cooling mode, switch a pack off and on.</summary>
    Operator,

    /// <summary>Write alarm rules; in the demo make something fail.</summary>
    Engineer,

    /// <summary>Manage users.</summary>
    Admin,
}
