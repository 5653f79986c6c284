#include "aibms/thermal.h"

#include "aibms/math.h"

/* What is believed at the start and of what wanders, as the C# code has it; variances, walks by the hour. */
#define PROBE_2 0.0225F
#define START_CORE_2 4.0F
#define START_AROUND_2 4.0F
#define START_FACTOR_2 0.09F
#define FACTOR_WALK_2 0.04F
#define TEMPERATURE_WALK_2 1.0F
#define HEAT_SHARE_2 0.04F
#define RECENT_S 120.0F

#define LEAST_DEG_C (-100.0F)
#define MOST_DEG_C 400.0F
#define LEAST_FACTOR 0.3F
#define MOST_FACTOR 3.0F
#define LEAST_VARIANCE 1e-9F
#define MOST_VARIANCE 1e4F
#define MOST_FACTOR_VARIANCE 1.0F
#define MOST_MIXED 1e4F
#define MOST_HEAT_W 1e5F
#define HOURS_PER_S 2.77777785e-04F

/* How much of core, case, surroundings and of a watt is in core and case after a step. */
typedef struct {
    float core[4];
    float shell[4];
} share;

void aibms_thermal_start(aibms_thermal *me)
{
    static const aibms_thermal nothing = {0};
    *me = nothing;
}

float aibms_thermal_heat(const aibms_cell *cell, const aibms_soc *soc)
{
    float core = aibms_clamp(soc->temperature_deg_c + soc->warm_k, LEAST_DEG_C, MOST_DEG_C);
    float flown = aibms_clamp(soc->current_a - soc->filter.offset_a, -1e6F, 1e6F);
    float drop = aibms_clamp(soc->filter.drop_v, -10.0F, 10.0F);
    float above_2 = 2.0F * (core - 25.0F);
    aibms_place s = aibms_place_in(soc->filter.soc * 20.0F, AIBMS_SOC_NODES - 1U);
    const float *row = cell->curve[s.index];
    const float *next = cell->curve[s.index + 1U];
    float low = row[0] + (row[1] * above_2);
    float high = next[0] + (next[1] * above_2);
    float reversible = (core + 273.15F) * (low + ((high - low) * s.weight));
    return aibms_hold(flown * (drop + reversible), -MOST_HEAT_W, MOST_HEAT_W);
}

static void set_share(const aibms_thermal_rules *rules, float step_s, share *s)
{
    float slow = aibms_decay(rules->slow_per_s * step_s);
    float fast = aibms_decay(rules->fast_per_s * step_s);
    float above = rules->case_k_per_w + rules->core_k_per_w;
    s->core[0] = (rules->core_slow * slow) + ((1.0F - rules->core_slow) * fast);
    s->core[1] = rules->core_of_case * (slow - fast);
    s->core[2] = (1.0F - s->core[0]) - s->core[1];
    s->core[3] = (above - (s->core[0] * above)) - (s->core[1] * rules->case_k_per_w);
    s->shell[0] = rules->case_of_core * (slow - fast);
    s->shell[1] = (rules->case_slow * slow) + ((1.0F - rules->case_slow) * fast);
    s->shell[2] = (1.0F - s->shell[0]) - s->shell[1];
    s->shell[3] = (rules->case_k_per_w - (s->shell[0] * above)) - (s->shell[1] * rules->case_k_per_w);
}

static float mean_of(const float *h, const float *x)
{
    return ((h[0] * x[0]) + (h[1] * x[1])) + ((h[2] * x[2]) + (h[3] * x[3]));
}

/* h P, a row of four. */
static void through(const float *p, const float *h, float *out)
{
    out[0] = ((h[0] * p[0]) + (h[1] * p[1])) + ((h[2] * p[2]) + (h[3] * p[3]));
    out[1] = ((h[0] * p[1]) + (h[1] * p[4])) + ((h[2] * p[5]) + (h[3] * p[6]));
    out[2] = ((h[0] * p[2]) + (h[1] * p[5])) + ((h[2] * p[7]) + (h[3] * p[8]));
    out[3] = ((h[0] * p[3]) + (h[1] * p[6])) + ((h[2] * p[8]) + (h[3] * p[9]));
}

static void hold_all(aibms_thermal *me)
{
    float *p = me->p;
    uint32_t k;
    for (k = 0U; k < 3U; k++) {
        me->x[k] = aibms_hold(me->x[k], LEAST_DEG_C, MOST_DEG_C);
    }
    me->x[3] = aibms_hold(me->x[3], LEAST_FACTOR, MOST_FACTOR);
    for (k = 0U; k < 10U; k++) {
        p[k] = aibms_hold(p[k], -MOST_MIXED, MOST_MIXED);
    }
    p[0] = aibms_hold(p[0], LEAST_VARIANCE, MOST_VARIANCE);
    p[4] = aibms_hold(p[4], LEAST_VARIANCE, MOST_VARIANCE);
    p[7] = aibms_hold(p[7], LEAST_VARIANCE, MOST_VARIANCE);
    p[9] = aibms_hold(p[9], LEAST_VARIANCE, MOST_FACTOR_VARIANCE);
}

static void advance_state(const aibms_thermal_rules *rules, aibms_thermal *me, float step_s, float heat_w)
{
    float *p = me->p;
    float hours = step_s * HOURS_PER_S;
    share s;
    float core[4];
    float shell[4];
    float core_deg_c;
    set_share(rules, step_s, &s);
    s.core[3] *= heat_w;
    s.shell[3] *= heat_w;
    core_deg_c = mean_of(s.core, me->x);
    me->x[1] = mean_of(s.shell, me->x);
    me->x[0] = core_deg_c;
    through(p, s.core, core);
    through(p, s.shell, shell);

    /* Surroundings and factor stay as they are: of F P F' only what core and case take part in is another. */
    p[0] = mean_of(core, s.core) + (TEMPERATURE_WALK_2 * hours);
    p[1] = mean_of(shell, s.core);
    p[2] = core[2];
    p[3] = core[3];
    p[4] = mean_of(shell, s.shell) + (TEMPERATURE_WALK_2 * hours);
    p[5] = shell[2];
    p[6] = shell[3];
    p[7] += rules->surroundings_walk_k2_per_h * hours;
    p[9] += FACTOR_WALK_2 * hours;
}

static void take_case(aibms_thermal *me, float case_deg_c)
{
    float *p = me->p;
    const float g[4] = {p[1], p[4], p[5], p[6]};
    float residual = case_deg_c - me->x[1];
    float variance = p[4] + PROBE_2;
    float square = (residual * residual) * 0.0625F;
    float inverse;
    float step;
    float scaled;
    /* A residual beyond four deviations is believed only as far as four would be (Huber's weighting). */
    if (square > variance) {
        variance = square;
    }
    inverse = 1.0F / aibms_hold(variance, 1e-9F, 1e12F);
    step = inverse * residual;
    me->x[0] += g[0] * step;
    me->x[1] += g[1] * step;
    me->x[2] += g[2] * step;
    me->x[3] += g[3] * step;
    scaled = g[0] * inverse;
    p[0] -= scaled * g[0];
    p[1] -= scaled * g[1];
    p[2] -= scaled * g[2];
    p[3] -= scaled * g[3];
    scaled = g[1] * inverse;
    p[4] -= scaled * g[1];
    p[5] -= scaled * g[2];
    p[6] -= scaled * g[3];
    scaled = g[2] * inverse;
    p[7] -= scaled * g[2];
    p[8] -= scaled * g[3];
    p[9] -= (g[3] * inverse) * g[3];
}

static void begin_at(aibms_thermal *me, float case_deg_c)
{
    me->is_running = 1U;
    me->x[0] = case_deg_c;
    me->x[1] = case_deg_c;
    me->x[2] = case_deg_c;
    me->x[3] = 1.0F;
    /* A case that has been warming has a warmer core: both are off together. */
    me->p[0] = START_CORE_2 + PROBE_2;
    me->p[1] = PROBE_2;
    me->p[4] = PROBE_2;
    me->p[7] = START_AROUND_2;
    me->p[9] = START_FACTOR_2;
}

void aibms_thermal_step(const aibms_thermal_rules *rules, aibms_thermal *me, float step_s, float heat_w, float case_deg_c)
{
    float held_s = aibms_clamp(step_s, 0.0F, 1e6F);
    float held_w = 0.0F;
    bool has_case = aibms_is_between(case_deg_c, -60.0F, 150.0F);
    float shell = aibms_clamp(case_deg_c, -60.0F, 150.0F);
    if (aibms_is_between(heat_w, -MOST_HEAT_W, MOST_HEAT_W)) {
        held_w = aibms_clamp(heat_w, -MOST_HEAT_W, MOST_HEAT_W);
    }
    if (me->is_running == 0U) {
        if (has_case) {
            begin_at(me, shell);
            me->heat_w = held_w;
        }
    } else {
        me->heat_w = aibms_hold(me->heat_w + (((held_w - me->heat_w) * held_s) / (held_s + RECENT_S)), -MOST_HEAT_W, MOST_HEAT_W);
        advance_state(rules, me, held_s, held_w);
        hold_all(me);
        if (has_case) {
            take_case(me, shell);
            hold_all(me);
        }
    }
}

static float spread_of(const aibms_thermal *me, const float *h)
{
    float row[4];
    through(me->p, h, row);
    return mean_of(row, h);
}

bool aibms_thermal_forecast(const aibms_thermal_rules *rules, const aibms_thermal *me, float heat_w, float time_s, aibms_thermal_ahead *out)
{
    float held_s = aibms_clamp(time_s, 0.0F, 1e6F);
    float hours = held_s * HOURS_PER_S;
    float held_w = me->heat_w;
    bool is_known = me->is_running != 0U;
    share s;
    float of_heat;
    if (aibms_is_between(heat_w, -MOST_HEAT_W, MOST_HEAT_W)) {
        held_w = aibms_clamp(heat_w, -MOST_HEAT_W, MOST_HEAT_W);
    }
    set_share(rules, held_s, &s);
    s.core[3] *= held_w;
    s.shell[3] *= held_w;
    out->core_deg_c = aibms_hold(mean_of(s.core, me->x), LEAST_DEG_C, MOST_DEG_C);
    out->case_deg_c = aibms_hold(mean_of(s.shell, me->x), LEAST_DEG_C, MOST_DEG_C);
    of_heat = s.core[3] * me->x[3];
    out->core_deviation_k = aibms_root(((spread_of(me, s.core) + (TEMPERATURE_WALK_2 * hours)) + ((HEAT_SHARE_2 * of_heat) * of_heat))
        + (((s.core[2] * s.core[2]) * rules->surroundings_walk_k2_per_h) * hours));
    of_heat = s.shell[3] * me->x[3];
    out->case_deviation_k = aibms_root(((spread_of(me, s.shell) + (TEMPERATURE_WALK_2 * hours)) + ((HEAT_SHARE_2 * of_heat) * of_heat))
        + (((s.shell[2] * s.shell[2]) * rules->surroundings_walk_k2_per_h) * hours));
    return is_known;
}
