namespace AiBms.Learning.Datasets;

/// <summary>What is done to a publisher's file when it is taken in.</summary>
enum IntakeForm
{
    /// <summary>Its content stays as it is, compressed where the target's name ends in .gz.</summary>
    Keep = 0,

    /// <summary>Read by the data door, averaged over whole seconds and written in our own columns.</summary>
    OneHertz = 1,
}
