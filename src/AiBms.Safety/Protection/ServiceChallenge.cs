namespace AiBms.Safety.Protection;

/// <summary>Challenge and answer of a service.</summary>
/// <remarks>
/// This keeps noise, stuck bits and replayed messages from resetting a fault. It is not cryptography: who may ask for an answer is
/// decided, by signature, outside this library.
/// </remarks>
public static class ServiceChallenge
{
    /// <summary>The answer to a challenge.</summary>
    /// <param name="challenge">The challenge from the output.</param>
    /// <param name="key">The pack's service key.</param>
    /// <param name="request">What is asked for; an answer for one request does not fit another.</param>
    public static uint Answer(uint challenge, uint key, ServiceRequest request) => Mix(Mix(challenge ^ key) + (uint)request);

    /// <summary>A 32-bit mixing step (the finaliser of MurmurHash3, A. Appleby, public domain).</summary>
    internal static uint Mix(uint x)
    {
        unchecked
        {
            x ^= x >> 16;
            x *= 0x85EBCA6B;
            x ^= x >> 13;
            x *= 0xC2B2AE35;
            x ^= x >> 16;
            return x;
        }
    }
}
