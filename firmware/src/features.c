#include "aibms/features.h"

#include "aibms/math.h"

#define CURRENT_MEANS 4U
#define MOST_C 1000.0F
#define LONG_PER_S 0.00166666671F
#define LEAST_WEIGHT 1e-6F
#define FIRST_STEP_S 1.0F

void aibms_features_start(aibms_features *me)
{
    static const aibms_features nothing = {0};
    *me = nothing;
    me->temperature_deg_c = 25.0F;
    me->step_s = -1.0F;
}

static void set_keep(aibms_features *me, float step_s)
{
    static const float per_s[AIBMS_FEATURE_MEANS] = {0.1F, 0.0166666675F, 0.00333333341F, 0.000833333354F, 0.0166666675F, 0.00333333341F};
    uint32_t k;
    if (step_s != me->step_s) {
        me->step_s = step_s;
        for (k = 0U; k < AIBMS_FEATURE_MEANS; k++) {
            me->keep[k] = aibms_decay(step_s * per_s[k]);
        }
    }
}

/* A running mean weighs what was t seconds ago by e^(-t/T) among all since the start. */
static void take_means(aibms_features *me)
{
    uint32_t k;
    for (k = 0U; k < AIBMS_FEATURE_MEANS; k++) {
        float value = (k < CURRENT_MEANS) ? me->current_c : me->voltage_v;
        float keep = me->keep[k];
        me->sum[k] = aibms_clamp((keep * me->sum[k]) + ((1.0F - keep) * value), -MOST_C, MOST_C);
        me->weight[k] = aibms_clamp((keep * me->weight[k]) + (1.0F - keep), 0.0F, 1.0F);
    }
}

bool aibms_features_step(const aibms_cell *cell, aibms_features *me, float step_s, float current_a, float voltage_v, float temperature_deg_c)
{
    float most_a = MOST_C * cell->capacity_ah;
    float held_s = aibms_clamp(step_s, 0.0F, 1e7F);
    if ((voltage_v > 0.0F) && (voltage_v < 10.0F)) {
        me->voltage_v = aibms_clamp(voltage_v, 0.0F, 10.0F);
        me->has_voltage = 1U;
    }
    if ((current_a > -most_a) && (current_a < most_a)) {
        me->current_c = aibms_clamp(aibms_clamp(current_a, -most_a, most_a) / cell->capacity_ah, -MOST_C, MOST_C);
    }
    if ((temperature_deg_c > -60.0F) && (temperature_deg_c < 150.0F)) {
        me->temperature_deg_c = aibms_clamp(temperature_deg_c, -60.0F, 150.0F);
    }
    if (me->has_voltage != 0U) {
        if (me->is_running != 0U) {
            me->since_s = aibms_clamp(me->since_s + held_s, 0.0F, 1e7F);
        } else {
            held_s = FIRST_STEP_S;
            me->is_running = 1U;
        }
        set_keep(me, held_s);
        take_means(me);
    }
    return me->has_voltage != 0U;
}

float aibms_feature(const aibms_features *me, uint32_t which)
{
    float value = 0.0F;
    if (which == AIBMS_FEATURE_VOLTAGE) {
        value = me->voltage_v;
    } else if (which == AIBMS_FEATURE_CURRENT) {
        value = me->current_c;
    } else if (which == AIBMS_FEATURE_TEMPERATURE) {
        value = me->temperature_deg_c;
    } else if (which < AIBMS_FEATURE_SINCE_START) {
        uint32_t k = which - AIBMS_FEATURE_MEAN;
        if (me->weight[k] > LEAST_WEIGHT) {
            value = me->sum[k] / aibms_hold(me->weight[k], LEAST_WEIGHT, 1.0F);
        }
    } else if (which == AIBMS_FEATURE_SINCE_START) {
        value = aibms_clamp(me->since_s * LONG_PER_S, 0.0F, 1.0F);
    } else {
        /* None such. */
    }
    return value;
}
