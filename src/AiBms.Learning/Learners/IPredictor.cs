namespace AiBms.Learning.Learners;

/// <summary>What was learnt: one row of features in, one estimate out.</summary>
public interface IPredictor
{
    /// <summary>The estimate in the unit of the target. NaN among the features stands for "not known".</summary>
    double Predict(ReadOnlySpan<double> rowFeatures);
}
