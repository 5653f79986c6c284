#include "aibms/math.h"

/* 2 to the power of -n, 0 <= n <= 127, exact, by repeated squaring: no bit tricks. */
static float power_of_half(uint32_t n)
{
    float factor = 0.5F;
    float result = 1.0F;
    uint32_t k;
    for (k = 0U; k < 7U; k++) {
        if (((n >> k) & 1U) != 0U) {
            result *= factor;
        }
        factor *= factor;
    }
    return result;
}

/* e to the power of -x for 0 <= x <= 80, larger ones as 80; 1 for negative x and NaN. */
float aibms_decay(float x)
{
    float held = -aibms_clamp(x, 0.0F, 80.0F);
    float whole = 0.5F - (held * 1.4426950408889634F);
    uint32_t k = (uint32_t)whole;
    float power = -(float)k;
    float r = (held - (power * 0.693359375F)) - (power * -2.1219444005469058e-4F);
    float sum = 2.08767570e-09F;
    sum = (sum * r) + 2.50521084e-08F;
    sum = (sum * r) + 2.75573192e-07F;
    sum = (sum * r) + 2.75573192e-06F;
    sum = (sum * r) + 2.48015873e-05F;
    sum = (sum * r) + 1.98412698e-04F;
    sum = (sum * r) + 1.38888889e-03F;
    sum = (sum * r) + 8.33333333e-03F;
    sum = (sum * r) + 4.16666667e-02F;
    sum = (sum * r) + 1.66666667e-01F;
    sum = (sum * r) + 0.5F;
    sum = (sum * r) + 1.0F;
    sum = (sum * r) + 1.0F;
    return aibms_clamp(sum * power_of_half(k), 0.0F, 1.0F);
}

/* asinh for |x| <= 32,000, larger ones clamped; absolute error below 1e-6. */
float aibms_asinh(float x)
{
    float a = aibms_clamp(aibms_size(x), 0.0F, 32000.0F);
    float u = a + aibms_root(1.0F + (a * a));
    float whole = 0.0F;
    float s;
    float q;
    float sum = 0.0909090936F;
    float value;
    if (u >= 256.0F) {
        u *= 0.00390625F;
        whole = 8.0F;
    }
    if (u >= 16.0F) {
        u *= 0.0625F;
        whole += 4.0F;
    }
    if (u >= 4.0F) {
        u *= 0.25F;
        whole += 2.0F;
    }
    if (u >= 2.0F) {
        u *= 0.5F;
        whole += 1.0F;
    }
    s = (u - 1.0F) / (u + 1.0F);
    q = s * s;
    sum = (sum * q) + 0.111111112F;
    sum = (sum * q) + 0.142857149F;
    sum = (sum * q) + 0.2F;
    sum = (sum * q) + 0.333333343F;
    sum = (sum * q) + 1.0F;
    value = (whole * 0.693147182F) + ((s + s) * sum);
    if (x < 0.0F) {
        value = -value;
    }
    return value;
}
