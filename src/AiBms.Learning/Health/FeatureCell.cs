namespace AiBms.Learning.Health;

/// <summary>One cell (or battery) as rows of features with what is to be estimated. A cell is never divided between training and test.</summary>
/// <param name="Id">Name, unique in its set.</param>
/// <param name="Group">Batch, chemistry or publisher's split that it belongs to.</param>
/// <param name="RowFeatures">Rows in order of age, each as long as the set's list of features; NaN where a feature is not known.</param>
/// <param name="TargetValues">What is to be estimated, one for each row, in the set's unit.</param>
public sealed record FeatureCell(string Id, string Group, IReadOnlyList<double[]> RowFeatures, double[] TargetValues);
