/* Arithmetic that the C# code repeats operation by operation. No libm but sqrtf, which IEEE 754 fixes and the FPU has. */
#ifndef AIBMS_MATH_H
#define AIBMS_MATH_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint32_t index; /* section of an evenly spaced table */
    float weight;   /* 0...1 within it */
} aibms_place;

/* Clamps; NaN becomes low, so that no stored number is ever NaN. Three plain ifs: the static analyser follows nothing cleverer. */
static inline float aibms_clamp(float x, float low, float high)
{
    float y = x;
    if (y != y) {
        y = low;
    }
    if (y < low) {
        y = low;
    }
    if (y > high) {
        y = high;
    }
    return y;
}

/* Holds a number, known to be one, within limits. The analyser would show a NaN that came here. AIBMS_FPV5: the part's FPU has both comparisons as one
   instruction each (Cortex-M7), with the same result for every number. */
static inline float aibms_hold(float x, float low, float high)
{
#ifdef AIBMS_FPV5
    return fminf(fmaxf(x, low), high);
#else
    float y = x;
    if (y < low) {
        y = low;
    }
    if (y > high) {
        y = high;
    }
    return y;
#endif
}

/* The larger, the smaller of two numbers, as aibms_hold. */
static inline float aibms_least(float x, float low)
{
#ifdef AIBMS_FPV5
    return fmaxf(x, low);
#else
    float y = x;
    if (y < low) {
        y = low;
    }
    return y;
#endif
}

static inline float aibms_most(float x, float high)
{
#ifdef AIBMS_FPV5
    return fminf(x, high);
#else
    float y = x;
    if (y > high) {
        y = high;
    }
    return y;
#endif
}

/* What is whole of a number that is known to be within a thousand, held within 0 and most: limits of whole numbers cost less where the FPU has none. */
static inline int32_t aibms_whole(float x, int32_t most)
{
#ifdef AIBMS_FPV5
    float held = aibms_hold(x, 0.0F, (float)most);
    return (int32_t)held;
#else
    int32_t k = (int32_t)x;
    if (k < 0) {
        k = 0;
    }
    if (k > most) {
        k = most;
    }
    return k;
#endif
}

/* Magnitude; NaN stays NaN. */
static inline float aibms_size(float x)
{
    float y = x;
    if (x < 0.0F) {
        y = -x;
    }
    return y;
}

/* False for NaN. */
static inline bool aibms_is_between(float x, float low, float high)
{
    return (x >= low) && (x <= high);
}

/* Square root of what is not negative; 0 for negative x and NaN. */
static inline float aibms_root(float x)
{
    float y = 0.0F;
    if (x >= 0.0F) {
        y = sqrtf(x);
    }
    return y;
}

/* Section and weight, held at the ends of a table of so many sections (at least one). */
static inline aibms_place aibms_place_in(float place, uint32_t sections)
{
    aibms_place found;
    float held = aibms_clamp(place, 0.0F, (float)sections);
    uint32_t k = (uint32_t)held;
    if (k >= sections) {
        k = sections - 1U;
    }
    found.index = k;
    found.weight = held - (float)k;
    return found;
}

float aibms_exp(float x);
float aibms_decay(float x);
float aibms_asinh(float x);

#endif
