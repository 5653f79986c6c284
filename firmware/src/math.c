#include "aibms/math.h"

/* e to the power of x; beyond +-80 as +-80, NaN as -80. */
float aibms_exp(float x)
{
    /* Powers of two by sixteens and by ones: their product is exact, without bit tricks. */
    static const float coarse[16] = {0x1p-128F, 0x1p-112F, 0x1p-96F, 0x1p-80F, 0x1p-64F, 0x1p-48F, 0x1p-32F, 0x1p-16F, 0x1p+0F, 0x1p+16F, 0x1p+32F, 0x1p+48F, 0x1p+64F, 0x1p+80F, 0x1p+96F, 0x1p+112F};
    static const float fine[16] = {0x1p+0F, 0x1p+1F, 0x1p+2F, 0x1p+3F, 0x1p+4F, 0x1p+5F, 0x1p+6F, 0x1p+7F, 0x1p+8F, 0x1p+9F, 0x1p+10F, 0x1p+11F, 0x1p+12F, 0x1p+13F, 0x1p+14F, 0x1p+15F};
    float held = x;
    float whole;
    float power;
    float r;
    float sum = 2.08767570e-09F;
    int32_t k;
    uint32_t place;
    if (held != held) {
        held = -80.0F;
    }
    held = aibms_hold(held, -80.0F, 80.0F);
    whole = held * 1.4426950408889634F;
    if (whole < 0.0F) {
        whole -= 0.5F;
    } else {
        whole += 0.5F;
    }
    k = (int32_t)whole;
    power = (float)k;
    /* What is left lies within 0.35; the analyser, which does not connect it with the power, is told so. */
    r = aibms_hold((held - (power * 0.693359375F)) - (power * -2.1219444005469058e-4F), -0.5F, 0.5F);
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
    k += 128;
    place = (uint32_t)k;
    return sum * (coarse[(place >> 4U) & 15U] * fine[place & 15U]);
}

/* e to the power of -x for 0 <= x <= 80, larger ones as 80; 1 for negative x and NaN. */
float aibms_decay(float x)
{
    return aibms_clamp(aibms_exp(-aibms_clamp(x, 0.0F, 80.0F)), 0.0F, 1.0F);
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
