#include "aibms/power.h"

#include "aibms/math.h"

#define HALVINGS 14U
#define MARGIN 2.33F
#define ERROR_V2 2.5e-5F
#define PULSE_ERROR 0.05F
#define COLD_PULSE_ERROR 0.1F
#define FADES_PER_S 0.00166666671F
#define LEAST_OHM 1e-7F

/* The mean cell's circuit over the hold that is asked for. */
typedef struct {
    float sign;           /* 1 charging, -1 discharging */
    float time_s;
    float core_deg_c;
    float above_k;
    float soc;
    float scale;          /* excess of the mean cell's resistances */
    float ohm[4];
    float taken[3];       /* of each pair over the hold: 1 - what is kept */
    float left_v;         /* of the pairs at the end, without the hold */
    float knee_a;
    float memory_v;
    float error_v;        /* of the mean cell at the end */
    float kept_error;
    float spread_2;       /* of a pulse's voltage, relative, squared */
    float soc_per_a;      /* of the hold */
} ahead;

static void look_ahead(const aibms_cell *cell, const aibms_pack *pack, float sign, float time_s, ahead *a)
{
    const aibms_filter *mean = &pack->mean.filter;
    aibms_pace pace = {0};
    aibms_now now;
    aibms_place t;
    float cold;
    float fraction;
    uint32_t j;
    a->sign = sign;
    a->time_s = time_s;
    a->core_deg_c = pack->mean.temperature_deg_c + pack->mean.warm_k;
    a->above_k = a->core_deg_c - 25.0F;
    a->soc = mean->soc;
    a->scale = 1.0F + mean->excess;
    pace.step_s = -1.0F;
    pace.per_capacity = pack->mean.pace.per_capacity;
    aibms_pace_set(cell, &pace, time_s, a->core_deg_c);
    aibms_now_set(cell, &pace, a->soc, a->core_deg_c, 0.0F, 1.0F, &now);
    a->left_v = 0.0F;
    for (j = 0U; j < AIBMS_PAIRS; j++) {
        a->taken[j] = 1.0F - pace.kept[j];
        a->left_v += mean->pair_v[j] * pace.kept[j];
    }
    for (j = 0U; j < 4U; j++) {
        a->ohm[j] = now.resistance_ohm[j];
    }
    t = aibms_place_in((a->core_deg_c - cell->first_temperature_deg_c) * cell->temperature_per_k, cell->temperature_count - 1U);
    a->knee_a = cell->row[t.index][3] + ((cell->row[t.index + 1U][3] - cell->row[t.index][3]) * t.weight);
    a->memory_v = mean->ocv_v - aibms_ocv_at(cell, mean->soc, &cold); /* what temperature adds to the OCV */
    a->kept_error = aibms_decay(time_s * FADES_PER_S);
    a->error_v = mean->error_v;
    cold = aibms_hold((25.0F - a->core_deg_c) * 0.0222222228F, 0.0F, 1.0F);
    fraction = PULSE_ERROR + ((COLD_PULSE_ERROR - PULSE_ERROR) * cold);
    a->spread_2 = (fraction * fraction) + aibms_hold(mean->p_excess, 0.0F, 1.0F);
    a->soc_per_a = time_s * now.soc_per_as;
}

/* What a current makes of the resistances by the end of the hold, V, for a cell of the type's resistance. */
static float pulse_of(const ahead *a, float current_a)
{
    float bent = current_a;
    if (a->knee_a > 0.001F) {
        bent = a->knee_a * aibms_asinh(current_a / a->knee_a);
    }
    return (((a->ohm[0] * current_a) + ((a->ohm[1] * bent) * a->taken[0])) + ((a->ohm[2] * current_a) * a->taken[1])) + ((a->ohm[3] * current_a) * a->taken[2]);
}

static float scale_of(const ahead *a, const aibms_difference *d)
{
    return aibms_hold(a->scale * (1.0F + d->resistance), 0.01F, 100.0F);
}

/* Standard deviation of a cell's voltage at the end. */
static float deviation_of(const ahead *a, float pulse_v, float p_resistance)
{
    return aibms_root(ERROR_V2 + ((pulse_v * pulse_v) * (a->spread_2 + aibms_hold(p_resistance, 0.0F, 1.0F))));
}

static float end_v(const aibms_cell *cell, const ahead *a, const aibms_difference *d, float current_a, float pulse_v)
{
    float unused;
    float end = aibms_hold((a->soc + d->soc) + (((a->sign * current_a) * a->soc_per_a) * (1.0F + d->inverse)), -0.5F, 1.5F);
    float rest_v = aibms_ocv_at(cell, end, &unused) + a->memory_v;
    return (rest_v + (scale_of(a, d) * a->left_v) + (a->sign * pulse_v)) + ((a->error_v + d->error_v) * a->kept_error);
}

static bool fits(const aibms_cell *cell, const aibms_pack_rules *rules, const ahead *a, const aibms_difference *d, float current_a)
{
    float pulse_v = scale_of(a, d) * pulse_of(a, current_a);
    float v = end_v(cell, a, d, current_a, pulse_v);
    float margin = MARGIN * deviation_of(a, pulse_v, d->p[4]);
    bool does_fit = (v - margin) >= rules->lowest_v;
    if (a->sign > 0.0F) {
        does_fit = (v + margin) <= rules->highest_v;
    }
    return does_fit;
}

/* Largest current up to a limit that keeps a cell inside its voltage with margin. */
static float solve(const aibms_cell *cell, const aibms_pack_rules *rules, const ahead *a, const aibms_difference *d, float most_a)
{
    float low = 0.0F;
    float high = most_a;
    uint32_t k;
    if (fits(cell, rules, a, d, most_a)) {
        low = most_a;
    } else {
        for (k = 0U; k < HALVINGS; k++) {
            float middle = (low + high) * 0.5F;
            if (fits(cell, rules, a, d, middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
    return aibms_hold(low, 0.0F, 1e5F);
}

/* The cell that a straight line says is nearest to its voltage limit. */
static uint32_t nearest(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, const ahead *a, uint32_t otherwise)
{
    uint32_t found = otherwise;
    float least = 1e30F;
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        const aibms_difference *d = &pack->cell[k];
        if (d->is_seen != 0U) {
            float unused;
            float rest_v = (aibms_ocv_at(cell, a->soc + d->soc, &unused) + d->error_v) + a->memory_v;
            float room_v = (a->sign > 0.0F) ? (rules->highest_v - rest_v) : (rest_v - rules->lowest_v);
            float room = room_v / scale_of(a, d);
            if (room < least) {
                least = room;
                found = k;
            }
        }
    }
    return found;
}

static void lower(aibms_power *out, float current_a, uint32_t binding, int32_t which)
{
    if (current_a < out->current_a) {
        out->current_a = current_a;
        out->binding = binding;
        out->cell = which;
    }
}

static void limit_by(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, const ahead *a, uint32_t which, aibms_power *out)
{
    const aibms_difference *d = &pack->cell[which];
    float soc = a->soc + d->soc;
    float room = soc;
    if (a->sign > 0.0F) {
        room = 1.0F - soc;
    }
    room = aibms_hold(room, 0.0F, 1.0F);
    lower(out, room / aibms_hold(a->soc_per_a * (1.0F + d->inverse), 1e-9F, 1e9F), AIBMS_POWER_CELL_CHARGE, (int32_t)which);
    lower(out, solve(cell, rules, a, d, out->current_a), AIBMS_POWER_CELL_VOLTAGE, (int32_t)which);
}

static void state_limit(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, const ahead *a, aibms_power *out)
{
    static const aibms_difference none = {0};
    float pulse_v = a->scale * pulse_of(a, out->current_a);
    float unused;
    float mean_v;
    float p_resistance = 0.0F;
    if ((a->time_s >= AIBMS_POWER_CONTINUOUS_S) && (rules->settled_k_per_w > 0.0F)) {
        float ohm = pulse_v / aibms_hold(out->current_a, LEAST_OHM, 1e5F);
        float room_k = aibms_hold(rules->hottest_deg_c - a->core_deg_c, 0.0F, 1e3F);
        float heat = aibms_hold(rules->settled_k_per_w * ohm, 1e-12F, 1e9F);
        lower(out, aibms_root(room_k / heat), AIBMS_POWER_TEMPERATURE, -1);
        pulse_v = a->scale * pulse_of(a, out->current_a);
    }
    /* Charging takes least power at the beginning, discharging gives least at the end. */
    if (a->sign > 0.0F) {
        mean_v = aibms_ocv_at(cell, a->soc, &unused) + a->memory_v;
    } else {
        mean_v = end_v(cell, a, &none, out->current_a, pulse_v);
    }
    out->power_w = aibms_hold((out->current_a * mean_v) * (float)rules->cell_count, 0.0F, 1e12F);
    if (out->cell >= 0) {
        p_resistance = pack->cell[out->cell].p[4];
    }
    out->deviation_a = aibms_hold((out->current_a * deviation_of(a, pulse_v, p_resistance)) / aibms_hold(pulse_v, 1e-3F, 1e9F), 0.0F, 1e9F);
}

void aibms_power_set(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, const aibms_imbalance *imbalance, bool is_charge, float time_s,
    aibms_power *out)
{
    out->current_a = 0.0F;
    out->power_w = 0.0F;
    out->deviation_a = 0.0F;
    out->binding = AIBMS_POWER_UNKNOWN;
    out->cell = -1;
    if ((imbalance->validity != AIBMS_SOC_UNKNOWN) && (imbalance->first_empty >= 0) && (imbalance->first_full >= 0)) {
        ahead a;
        uint32_t first = (uint32_t)(is_charge ? imbalance->first_full : imbalance->first_empty);
        uint32_t near;
        look_ahead(cell, pack, is_charge ? 1.0F : -1.0F, aibms_clamp(time_s, 0.1F, 1e4F), &a);
        near = nearest(cell, rules, pack, &a, first);
        out->current_a = is_charge ? rules->charge_a : rules->discharge_a;
        out->binding = AIBMS_POWER_RATED;
        limit_by(cell, rules, pack, &a, near, out);
        if (near != first) {
            limit_by(cell, rules, pack, &a, first, out);
        }
        state_limit(cell, rules, pack, &a, out);
    }
}
