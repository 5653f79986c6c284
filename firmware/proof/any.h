/* Values that the analyser may choose: any number at all, or any within a range. With AIBMS_FINITE no NaN and no infinity is chosen. */
#ifndef AIBMS_PROOF_ANY_H
#define AIBMS_PROOF_ANY_H

#include <stdbool.h>
#include <stdint.h>

#include "__fc_builtin.h"

extern volatile float any_float;
extern volatile uint32_t any_word;

static inline float within(float low, float high)
{
    return Frama_C_float_interval(low, high);
}

static inline float anything(void)
{
#ifdef AIBMS_FINITE
    return Frama_C_float_interval(-3e38F, 3e38F);
#else
    return any_float;
#endif
}

static inline bool any_truth(void)
{
    return Frama_C_interval(0, 1) != 0;
}

#endif
