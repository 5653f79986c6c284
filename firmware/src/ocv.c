#include "aibms/math.h"
#include "aibms/soc.h"

float aibms_ocv_at(const aibms_cell *cell, float soc, float *slope_v)
{
    float place = soc * 100.0F;
    uint32_t k = (uint32_t)aibms_whole(place, 99);
    float rise = cell->ocv_v[k + 1U] - cell->ocv_v[k];
    *slope_v = rise * 100.0F;
    return cell->ocv_v[k] + (rise * (place - (float)k));
}
