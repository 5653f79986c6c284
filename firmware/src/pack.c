#include "aibms/pack.h"

#include "aibms/math.h"

/* What is believed of how cells differ, as the C# code has it. Variances; walks are by the hour. */
#define START_SOC_2 0.01F
#define RESISTANCE_2 0.0144F
#define INVERSE_2 0.0009F
#define LEAST_INVERSE_2 1.6e-5F
#define OCV_ERROR_2 1.6e-5F
#define RESISTANCE_WALK_2 9e-4F
#define ERROR_WALK_2 6.25e-8F
#define SOC_WALK_2 1e-7F
#define DROP_ERROR_2 0.01F
#define NOISE_2 2.25e-6F
#define REACH_PER_SOC 3.33333325F
#define AFTER_SEARCH_2 4e-4F
#define UNSEEN_2 0.0625F
#define HOURS_PER_S 2.77777785e-04F

/* A voltage this far from what is expected does not take part in the mean, V. */
#define OUTLIER_V 0.15F

/* Limits of states and covariance. */
#define MOST_SOC 1.2F
#define LEAST_RESISTANCE (-0.9F)
#define MOST_RESISTANCE 10.0F
#define LEAST_INVERSE (-0.8F)
#define MOST_INVERSE 4.0F
#define MOST_ERROR_V 1.0F
#define LEAST_VARIANCE 1e-14F
#define MOST_VARIANCE 1.0F
#define MOST_MIXED 1.0F
#define MOST_DROP_V 10.0F

typedef struct {
    float change;      /* of the mean cell's SOC */
    float kept;        /* of the slow error */
    float kept_2;
    float error_2;
    float walk_soc;
    float walk_resistance;
    float drop_v;
    float unseen_2;    /* times the variance of the inverse capacity: what a gap hides */
    float bled;        /* of a cell's SOC while its resistor is on */
    float step_s;
} pace;

static void begin_cell(aibms_difference *d)
{
    static const aibms_difference nothing = {0};
    *d = nothing;
    d->p[0] = START_SOC_2;
    d->p[4] = RESISTANCE_2;
    d->p[7] = INVERSE_2;
    d->p[9] = OCV_ERROR_2;
}

void aibms_pack_start(aibms_pack *me, float soc, float deviation)
{
    uint32_t k;
    aibms_soc_start(&me->mean, soc, deviation);
    for (k = 0U; k < AIBMS_CELLS; k++) {
        begin_cell(&me->cell[k]);
        me->tap_v[k] = 0.0F;
        me->slope_v[k] = 0.0F;
    }
    me->mean_v = 0.0F;
    me->last_a = 0.0F;
    me->has_mean = 0U;
    me->was_searching = 1U;
}

/* Voltage of a cell with all that is known of its difference taken off. */
static float as_mean(const aibms_difference *d, float voltage_v, float drop_v)
{
    return ((voltage_v - d->ocv_v) - (drop_v * d->resistance)) - d->error_v;
}

/* Mean of all taps that are believed, V; the lowest voltage, which is no reading, where none is. False there. */
static bool mean_of_all(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *me, float drop_v, float *mean_v)
{
    float all = 0.0F;
    float all_v = 0.0F;
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        if (me->cell[k].is_trusted != 0U) {
            all += 1.0F;
            all_v += as_mean(&me->cell[k], me->tap_v[k], drop_v);
        }
    }
    *mean_v = cell->lowest_v;
    if (all > 0.0F) {
        *mean_v = all_v / aibms_hold(all, 1.0F, 1e6F);
    }
    return all > 0.0F;
}

/* Voltage of the mean cell; what is far off does not count, unless most are. False where no cell was measured. Finds which taps are believed. */
static bool mean_voltage(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_pack *me, const float *cell_v, const bool *bleed_on, float current_a, float *mean_v)
{
    float jump_v = 0.0F;
    float reach_v = 1e9F;
    float expected_v = 0.0F;
    float drop_v;
    float all = 0.0F;
    float near = 0.0F;
    float near_v = 0.0F;
    bool is_known = true;
    uint32_t k;
    if (me->has_mean != 0U) {
        jump_v = aibms_clamp(me->mean.filter.series_ohm * (current_a - me->last_a), -MOST_DROP_V, MOST_DROP_V);
        reach_v = OUTLIER_V + aibms_size(jump_v);
        expected_v = me->mean_v + jump_v;
    }
    drop_v = me->mean.filter.drop_v + jump_v;
    for (k = 0U; k < rules->cell_count; k++) {
        float v = cell_v[k];
        aibms_difference *d = &me->cell[k];
        d->is_trusted = 0U;
        if (v != v) {
            v = cell->lowest_v; /* which is no reading */
        }
        if ((v > cell->lowest_v) && (v < cell->highest_v) && (!bleed_on[k])) {
            d->is_trusted = 1U;
            me->tap_v[k] = v;
            v = as_mean(d, v, drop_v);
            all += 1.0F;
            if (aibms_size(v - expected_v) <= reach_v) {
                near += 1.0F;
                near_v += v;
            }
        } else {
            me->tap_v[k] = 0.0F; /* not used: the analyser, which does not connect it with is_trusted, sees that nothing old is left */
        }
    }
    if (near > (0.5F * all)) {
        *mean_v = near_v / aibms_hold(near, 1.0F, 1e6F);
    } else {
        is_known = mean_of_all(cell, rules, me, drop_v, mean_v);
    }
    return is_known;
}

static void set_pace(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *me, float step_s, pace *now)
{
    float hours = step_s * HOURS_PER_S;
    bool is_gap = me->mean.since_gap_s <= 0.0F;
    float flown_a = me->mean.current_a - me->mean.filter.offset_a;
    float soc_per_as = cell->soc_per_as * me->mean.pace.per_capacity;
    now->step_s = step_s;
    now->change = is_gap ? 0.0F : aibms_clamp((flown_a * step_s) * soc_per_as, -1.0F, 1.0F);
    now->kept = aibms_decay(aibms_size(now->change) * REACH_PER_SOC);
    now->kept_2 = now->kept * now->kept;
    now->drop_v = me->mean.filter.drop_v;
    now->error_2 = ((OCV_ERROR_2 + ((DROP_ERROR_2 * now->drop_v) * now->drop_v)) * (1.0F - now->kept_2)) + (ERROR_WALK_2 * hours);
    now->walk_soc = SOC_WALK_2 * hours;
    now->walk_resistance = RESISTANCE_WALK_2 * hours;
    now->unseen_2 = is_gap ? UNSEEN_2 : 0.0F;
    now->bled = is_gap ? 0.0F : aibms_clamp(((me->mean_v / rules->bleed_ohm) * step_s) * soc_per_as, 0.0F, 1.0F);
}

/* P <- F P F' + Q: SOC takes the capacity's difference in, the slow error fades. The limits of P are held here, once a step, whatever the correction
   before it left: readers of P hold what they take out of it. */
static void predict_difference(aibms_difference *d, const pace *now)
{
    float *p = d->p;
    float change = now->change;
    float kept = now->kept;
    float mixed = (change * p[7]) + p[2];
    d->soc = aibms_hold(d->soc + (change * d->inverse), -MOST_SOC, MOST_SOC);
    d->error_v *= kept;
    p[0] = aibms_hold(((change * (p[2] + mixed)) + p[0]) + now->walk_soc, LEAST_VARIANCE, MOST_VARIANCE);
    p[1] = aibms_hold(p[1] + (change * p[5]), -MOST_MIXED, MOST_MIXED);
    p[2] = aibms_hold(mixed, -MOST_MIXED, MOST_MIXED);
    p[3] = aibms_hold(((change * p[8]) + p[3]) * kept, -MOST_MIXED, MOST_MIXED);
    p[4] = aibms_hold(p[4] + now->walk_resistance, LEAST_VARIANCE, MOST_VARIANCE);
    p[5] = aibms_hold(p[5], -MOST_MIXED, MOST_MIXED);
    p[6] = aibms_hold(p[6] * kept, -MOST_MIXED, MOST_MIXED);
    p[7] = aibms_hold(p[7], LEAST_INVERSE_2, MOST_VARIANCE);
    p[8] = aibms_hold(p[8] * kept, -MOST_MIXED, MOST_MIXED);
    p[9] = aibms_hold((p[9] * now->kept_2) + now->error_2, LEAST_VARIANCE, MOST_VARIANCE);
}

static void correct_difference(aibms_difference *d, float residual_v, float slope, float drop)
{
    float *p = d->p;
    float z = ((p[0] * slope) + (p[1] * drop)) + p[3];
    float r = ((p[1] * slope) + (p[4] * drop)) + p[6];
    float c = ((p[2] * slope) + (p[5] * drop)) + p[8];
    float b = ((p[3] * slope) + (p[6] * drop)) + p[9];
    float variance = aibms_hold((((slope * z) + (drop * r)) + b) + (((DROP_ERROR_2 * drop) * drop) + NOISE_2), NOISE_2, 1e6F);

    /* A residual beyond four deviations is believed only as far as four would be (Huber's weighting). */
    float inverse = 1.0F / aibms_hold((residual_v * residual_v) * 0.0625F, variance, 1e6F);
    float step = inverse * residual_v;
    float scaled = z * inverse;
    d->soc = aibms_hold(d->soc + (z * step), -MOST_SOC, MOST_SOC);
    d->resistance = aibms_hold(d->resistance + (r * step), LEAST_RESISTANCE, MOST_RESISTANCE);
    d->inverse = aibms_hold(d->inverse + (c * step), LEAST_INVERSE, MOST_INVERSE);
    d->error_v = aibms_hold(d->error_v + (b * step), -MOST_ERROR_V, MOST_ERROR_V);
    p[0] -= scaled * z;
    p[1] -= scaled * r;
    p[2] -= scaled * c;
    p[3] -= scaled * b;
    scaled = r * inverse;
    p[4] -= scaled * r;
    p[5] -= scaled * c;
    p[6] -= scaled * b;
    scaled = c * inverse;
    p[7] -= scaled * c;
    p[8] -= scaled * b;
    p[9] -= (b * inverse) * b;
}

/* What was not seen: a resistor that was on, a tap that is not believed. */
static void move_unseen(aibms_difference *d, const pace *now, bool is_bleeding)
{
    if (is_bleeding) {
        if (d->is_seen != 0U) {
            d->soc = aibms_hold(d->soc - now->bled, -MOST_SOC, MOST_SOC);
        }
    } else {
        d->missing_s = aibms_hold(d->missing_s + aibms_hold(now->step_s, 0.001F, 1e7F), 0.0F, 1e9F);
    }
}

/* Advances every cell; false where no cell agrees with the mean. Of all taps that do, shared_v is the mean. */
static bool predict_cells(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_pack *me, const pace *now, const bool *bleed_on, float mean_v, float *shared_v)
{
    bool has_found = (me->mean.is_searching == 0U) && (me->was_searching != 0U);
    bool is_wider = has_found || (now->unseen_2 > 0.0F);
    float mean_soc = me->mean.filter.soc;
    float unused;
    float mean_ocv_v = aibms_ocv_at(cell, mean_soc, &unused);
    float sum_v = 0.0F;
    float count = 0.0F;
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        aibms_difference *d = &me->cell[k];
        predict_difference(d, now);
        if (is_wider) {
            d->p[0] += (now->unseen_2 * d->p[7]) + (has_found ? AFTER_SEARCH_2 : 0.0F);
        }
        if (d->is_trusted == 0U) {
            move_unseen(d, now, bleed_on[k]);
        }
        d->ocv_v = aibms_ocv_at(cell, mean_soc + d->soc, &me->slope_v[k]) - mean_ocv_v;
        if (d->is_trusted != 0U) {
            float v = as_mean(d, me->tap_v[k], now->drop_v);
            d->is_seen = 1U;
            d->missing_s = 0.0F;
            me->tap_v[k] = v;
            if (aibms_size(v - mean_v) <= OUTLIER_V) {
                count += 1.0F;
                sum_v += v;
            }
        }
    }
    *shared_v = sum_v / aibms_hold(count, 1.0F, 1e6F);
    return count > 0.0F;
}

void aibms_pack_step(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_pack *me, float step_s, float current_a, const float cell_v[AIBMS_CELLS],
    const bool bleed_on[AIBMS_CELLS], float temperature_deg_c)
{
    const float held_s = aibms_clamp(step_s, 0.0F, 1e7F);
    bool is_first = me->has_mean == 0U;
    pace now;
    float mean_v;
    float shared_v;
    bool is_known = mean_voltage(cell, rules, me, cell_v, bleed_on, aibms_clamp(current_a, -1e6F, 1e6F), &mean_v);
    uint32_t k;
    aibms_soc_step(cell, &me->mean, step_s, current_a, mean_v, temperature_deg_c, &me->answer);
    if (me->mean.is_running != 0U) {
        set_pace(cell, rules, me, is_first ? 0.0F : held_s, &now);
        if (!predict_cells(cell, rules, me, &now, bleed_on, mean_v, &shared_v)) {
            shared_v = mean_v;
        }
        me->was_searching = me->mean.is_searching;

        /* Differences only: what all cells share is the mean filter's to explain. */
        if (is_known) {
            for (k = 0U; k < rules->cell_count; k++) {
                if (me->cell[k].is_trusted != 0U) {
                    correct_difference(&me->cell[k], me->tap_v[k] - shared_v, me->slope_v[k], now.drop_v);
                }
            }
            me->mean_v = mean_v;
            me->has_mean = 1U;
        }
        me->last_a = me->mean.current_a;
    }
}

float aibms_pack_variance(const aibms_pack *me, uint32_t which)
{
    return aibms_hold(me->cell[which].p[0], LEAST_VARIANCE, MOST_VARIANCE);
}

void aibms_pack_cell(const aibms_cell *cell, const aibms_pack *me, uint32_t which, aibms_cell_answer *answer)
{
    const aibms_difference *d = &me->cell[which];
    float inverse = 1.0F + d->inverse;
    answer->soc = aibms_clamp(me->mean.filter.soc + d->soc, 0.0F, 1.0F);
    answer->deviation = aibms_root((me->answer.deviation * me->answer.deviation) + aibms_pack_variance(me, which));
    answer->resistance = (1.0F + me->mean.filter.excess) * (1.0F + d->resistance);
    answer->capacity_ah = cell->capacity_ah / (me->mean.pace.per_capacity * inverse);
    answer->capacity_deviation_ah = (answer->capacity_ah * aibms_root(aibms_hold(d->p[7], LEAST_INVERSE_2, MOST_VARIANCE))) / inverse;
    answer->validity = me->answer.validity;
    if ((answer->validity == AIBMS_SOC_UNKNOWN) || (d->is_seen == 0U)) {
        answer->validity = AIBMS_SOC_UNKNOWN;
    } else if (d->missing_s > 0.0F) {
        answer->validity = AIBMS_SOC_SENSOR_SUSPECT;
    } else {
        /* As the mean cell's. */
    }
}
