#include "aibms/math.h"
#include "aibms/soc.h"

void aibms_search_begin(const aibms_cell *cell, const aibms_pace *pace, aibms_search *me, float measured_a, float temperature_deg_c)
{
    uint32_t k;
    for (k = 0U; k < AIBMS_BELIEFS; k++) {
        aibms_now now;
        float soc = 0.125F + (0.25F * (float)k);
        aibms_now_set(cell, pace, soc, temperature_deg_c, measured_a, 1.0F, &now);
        aibms_filter_begin(cell, &now, &me->filter[k], soc, 0.15F, measured_a);
        me->weight[k] = 0.25F;
    }
}

void aibms_search_step(const aibms_cell *cell, const aibms_pace *pace, aibms_search *me, float measured_a, float temperature_deg_c, float load_share)
{
    uint32_t k;
    for (k = 0U; k < AIBMS_BELIEFS; k++) {
        aibms_now now;
        aibms_now_set(cell, pace, me->filter[k].soc, temperature_deg_c, measured_a - me->filter[k].offset_a, load_share, &now);
        aibms_filter_predict(cell, &now, &me->filter[k], measured_a);
    }
}

/* A prediction just made has held these within narrower limits. The analyser, which does not connect that with is_searching, is told so. */
static void hold(aibms_filter *me)
{
    uint32_t k;
    me->p[0] = aibms_clamp(me->p[0], 1e-12F, 0.1F);
    for (k = 1U; k < 6U; k++) {
        me->p[k] = aibms_clamp(me->p[k], -1e4F, 1e4F);
    }
    me->p_past = aibms_clamp(me->p_past, 1e-12F, 1e4F);
    me->p_excess = aibms_clamp(me->p_excess, 1e-6F, 1.0F);
}

void aibms_search_correct(const aibms_cell *cell, const aibms_pace *pace, aibms_search *me, float measured_v, float measured_a, float temperature_deg_c)
{
    float sum = 0.0F;
    uint32_t k;
    for (k = 0U; k < AIBMS_BELIEFS; k++) {
        aibms_filter *filter = &me->filter[k];
        aibms_now now;
        float seen;
        aibms_now_set(cell, pace, filter->soc, temperature_deg_c, measured_a - filter->offset_a, 1.0F, &now);
        hold(filter);
        aibms_filter_correct(cell, &now, filter, measured_v, measured_a);
        seen = aibms_clamp((filter->residual_v * filter->residual_v) / aibms_clamp(filter->variance_v2, 1e-7F, 1e6F), 0.0F, 16.0F);
        me->weight[k] = aibms_clamp((me->weight[k] * aibms_decay(0.5F * seen)) / aibms_clamp(aibms_root(filter->variance_v2), 1e-4F, 1e3F), 1e-20F, 1e6F);
        sum += me->weight[k];
    }
    for (k = 0U; k < AIBMS_BELIEFS; k++) {
        me->weight[k] = aibms_clamp(me->weight[k] / aibms_clamp(sum, 1e-20F, 1e7F), 1e-20F, 1.0F);
    }
}

/* The likeliest belief, with the mean and the spread of all. */
void aibms_search_merge(const aibms_search *me, aibms_filter *into)
{
    uint32_t best = 0U;
    uint32_t k;
    float mean = 0.0F;
    float variance = 0.0F;
    for (k = 0U; k < AIBMS_BELIEFS; k++) {
        mean += me->weight[k] * me->filter[k].soc;
        if (me->weight[k] > me->weight[best]) {
            best = k;
        }
    }
    for (k = 0U; k < AIBMS_BELIEFS; k++) {
        float off = me->filter[k].soc - mean;
        variance += me->weight[k] * (me->filter[k].p[0] + (off * off));
    }
    *into = me->filter[best];
    into->soc = aibms_clamp(mean, -0.02F, 1.02F);
    if (variance > into->p[0]) {
        into->p[0] = aibms_clamp(variance, 1e-12F, 0.1F);
    }
}
