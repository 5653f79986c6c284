namespace AiBms.Battery.Estimation.Networks;

/// <summary>A model file is unknown, broken or does not fit; the message says why in one sentence.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
