namespace AiBms.Learning.Identification.Electrodes;

/// <summary>How far the model is from one measured curve, before and after.</summary>
/// <param name="Name">Recording.</param>
/// <param name="Use">"ocv", "fit" or "check".</param>
/// <param name="TemperatureDegC">Mean temperature, °C.</param>
/// <param name="BeforeMV">RMSE with the parameters the fit began from, mV.</param>
/// <param name="AfterMV">RMSE with the fitted ones, mV.</param>
/// <param name="PlaceNumber">Time, s, or state of charge, of each point.</param>
/// <param name="MeasuredV">Measured voltage, V.</param>
/// <param name="ModelV">Fitted model's voltage, V.</param>
public sealed record CurveScore(string Name, string Use, double TemperatureDegC, double BeforeMV, double AfterMV, double[] PlaceNumber, double[] MeasuredV, double[] ModelV);
