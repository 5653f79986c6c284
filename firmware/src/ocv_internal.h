/* The open-circuit voltage and what temperature and past current add to it, for the filter and those that read a rest. */
#ifndef AIBMS_OCV_INTERNAL_H
#define AIBMS_OCV_INTERNAL_H

#include "aibms/cell.h"
#include "aibms/math.h"

typedef struct {
    float thermal_v;
    float slope_v;
    float memory_v;
} curve_point;

static inline float ocv_at(const aibms_cell *cell, float soc)
{
    float place = soc * 100.0F;
    uint32_t k = (uint32_t)aibms_whole(place, 99);
    return cell->ocv_v[k] + ((cell->ocv_v[k + 1U] - cell->ocv_v[k]) * (place - (float)k));
}

static inline curve_point curve_within(const aibms_cell *cell, aibms_place s, float above_k)
{
    const float *row = cell->curve[s.index];
    const float *next = cell->curve[s.index + 1U];
    float low = (row[0] + (row[1] * above_k)) * above_k;
    float high = (next[0] + (next[1] * above_k)) * above_k;
    curve_point point;
    point.thermal_v = low + ((high - low) * s.weight);
    point.slope_v = (high - low) * 20.0F;
    point.memory_v = row[2] + ((next[2] - row[2]) * s.weight);
    return point;
}

static inline curve_point curve_at(const aibms_cell *cell, float soc, float above_k)
{
    return curve_within(cell, aibms_place_in(soc * 20.0F, AIBMS_SOC_NODES - 1U), above_k);
}

/* The same for an SOC known to be between a little below 0 and a little above 1, beyond which it goes on straight. */
static inline curve_point curve_near(const aibms_cell *cell, float soc, float above_k)
{
    float place = soc * 20.0F;
    aibms_place s;
    s.index = (uint32_t)aibms_whole(place, 19);
    s.weight = place - (float)s.index;
    return curve_within(cell, s, above_k);
}

#endif
