#include "aibms/health.h"

#include "ocv_internal.h"

/* When a stretch says something about capacity, as the C# code has it: a rest, a swing, how well a rest is read, the current sensor's errors. */
#define REST_S 1800.0F
#define REST_C_RATE 0.02F
#define LOAD_C_RATE 0.1F
#define LEAST_CHANGE 0.4F
#define MOST_ANCHOR_2 9e-4F
#define REST_ERROR_2 2.5e-5F
#define LEFT_SHARE 0.2F
#define LEAST_SLOPE_V 1e-3F
#define OFFSET_C_RATE 0.002F
#define GAIN_SHARE 0.005F
#define LONGEST_H 720.0F
#define LEAST_SOH 0.3F
#define MOST_SOH 1.5F

/* A window may find the capacity changed by this share of a new cell's since the one before, one standard deviation squared. */
#define WALK_2 2.5e-5F

#define MEMORY_S 36000.0F
#define LEAST_RESISTANCE 0.01F
#define MOST_RESISTANCE 100.0F
#define HALVINGS 20U
#define WHOLE_AS 360.0F
#define HOURS_PER_S 2.77777785e-04F
#define MOST_A 1e6F
#define MOST_AH 1e7F

typedef struct {
    float change;
    float worst_2;
    float count;
} swing;

void aibms_health_start(const aibms_cell *cell, aibms_health *me)
{
    static const aibms_health nothing = {0};
    uint32_t k;
    *me = nothing;
    me->reason = AIBMS_HEALTH_NO_REST;
    for (k = 0U; k < AIBMS_CELLS; k++) {
        me->cell[k].capacity_ah = cell->capacity_ah;
        me->cell[k].variance_ah2 = cell->capacity_ah * cell->capacity_ah;
        me->cell[k].resistance = 1.0F;
    }
}

/* SOC whose rested voltage is this, on the branch of the hysteresis where the cell is. */
static aibms_anchor anchor_of(const aibms_cell *cell, float rest_v, float left_v, float above_k, float branch)
{
    aibms_anchor found;
    float low = 0.0F;
    float high = 1.0F;
    float memory_v;
    float left = left_v * LEFT_SHARE;
    float slope;
    float spread;
    uint32_t k;
    for (k = 0U; k < HALVINGS; k++) {
        float middle = (low + high) * 0.5F;
        curve_point point = curve_at(cell, middle, above_k);
        if (((ocv_at(cell, middle) + point.thermal_v) + (point.memory_v * branch)) < rest_v) {
            low = middle;
        } else {
            high = middle;
        }
    }
    found.soc = aibms_hold((low + high) * 0.5F, 0.0F, 1.0F);
    memory_v = curve_at(cell, found.soc, above_k).memory_v * 0.5F;
    slope = aibms_hold((ocv_at(cell, found.soc + 0.01F) - ocv_at(cell, found.soc - 0.01F)) * 50.0F, LEAST_SLOPE_V, 1e4F);
    spread = REST_ERROR_2 + ((memory_v * memory_v) + (left * left));
    found.variance = aibms_hold(spread / (slope * slope), 1e-10F, 1e6F);
    return found;
}

static void read_rest(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_health *me, const aibms_pack *pack, const float *cell_v, const bool *bleed_on)
{
    float left_v = aibms_clamp(pack->mean.filter.drop_v, -10.0F, 10.0F);
    float above_k = aibms_clamp((pack->mean.temperature_deg_c + pack->mean.warm_k) - 25.0F, -100.0F, 200.0F);
    float branch = aibms_clamp(pack->mean.filter.branch, -1.0F, 1.0F);
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        float v = cell_v[k];
        me->cell[k].to.variance = 0.0F;
        if ((v > cell->lowest_v) && (v < cell->highest_v) && (!bleed_on[k])) {
            me->cell[k].to = anchor_of(cell, v - left_v, left_v, above_k, branch);
        }
    }
}

static swing swing_of(const aibms_pack_rules *rules, const aibms_health *me)
{
    swing all = {0.0F, 0.0F, 0.0F};
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        const aibms_cell_health *one = &me->cell[k];
        if ((one->from.variance > 0.0F) && (one->to.variance > 0.0F)) {
            float worst_2 = (one->from.variance > one->to.variance) ? one->from.variance : one->to.variance;
            all.change = aibms_hold(all.change + (one->to.soc - one->from.soc), -1e4F, 1e4F);
            all.worst_2 = aibms_hold(all.worst_2 + worst_2, 0.0F, 1e9F);
            all.count += 1.0F;
        }
    }
    if (all.count > 0.0F) {
        float count = aibms_hold(all.count, 1.0F, 1e6F);
        all.change = all.change / count;
        all.worst_2 = all.worst_2 / count;
    }
    return all;
}

static uint32_t judge(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_health *me)
{
    swing all = swing_of(rules, me);
    float told_ah = all.change * cell->capacity_ah;
    float counted_ah = (told_ah < 0.0F) ? (-me->charge_ah) : me->charge_ah;
    float ratio = counted_ah / aibms_hold(aibms_size(told_ah), 1e-6F, 1e9F);
    uint32_t reason = AIBMS_HEALTH_TAKEN;
    if (me->is_missed != 0U) {
        reason = AIBMS_HEALTH_CURRENT_MISSING;
    } else if ((all.count <= 0.0F) || (all.worst_2 > MOST_ANCHOR_2)) {
        reason = AIBMS_HEALTH_FLAT_OCV;
    } else if (me->hours > LONGEST_H) {
        reason = AIBMS_HEALTH_LONG_WINDOW;
    } else if (aibms_size(all.change) < LEAST_CHANGE) {
        reason = AIBMS_HEALTH_SMALL_SWING;
    } else if (!((ratio > LEAST_SOH) && (ratio < MOST_SOH))) {
        reason = AIBMS_HEALTH_NOT_POSSIBLE;
    } else {
        /* It says something. */
    }
    return reason;
}

/* Charge over change of SOC with errors in both, one window after the other (a Kalman filter of one state). */
static void take(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_health *me)
{
    float new_ah = cell->capacity_ah;
    float offset_ah = (OFFSET_C_RATE * new_ah) * me->hours;
    float gain_ah = GAIN_SHARE * me->charge_ah;
    float counted_2 = (offset_ah * offset_ah) + (gain_ah * gain_ah);
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        aibms_cell_health *one = &me->cell[k];
        if ((one->from.variance > 0.0F) && (one->to.variance > 0.0F)) {
            float x = one->to.soc - one->from.soc;
            float q = one->capacity_ah;
            float p = one->variance_ah2 + ((WALK_2 * new_ah) * new_ah);
            float spread = (((x * x) * p) + counted_2) + ((q * q) * (one->from.variance + one->to.variance));
            float gain = (p * x) / aibms_hold(spread, 1e-12F, 1e12F);
            one->capacity_ah = aibms_hold(q + (gain * (me->charge_ah - (q * x))), 0.1F * new_ah, 2.0F * new_ah);
            one->variance_ah2 = aibms_hold(p - ((gain * x) * p), 1e-9F, new_ah * new_ah);
            if (one->windows < 1000000U) {
                one->windows++;
            }
        }
    }
}

static void begin_window(const aibms_pack_rules *rules, aibms_health *me)
{
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        me->cell[k].from = me->cell[k].to;
    }
    me->charge_ah = 0.0F;
    me->part_as = 0.0F;
    me->hours = 0.0F;
    me->is_missed = 0U;
    me->has_from = 1U;
}

static void end_window(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_health *me)
{
    bool begins = true;
    if (me->has_from != 0U) {
        me->charge_ah = aibms_hold(me->charge_ah + (me->part_as * HOURS_PER_S), -MOST_AH, MOST_AH);
        me->part_as = 0.0F;
        me->reason = judge(cell, rules, me);
        if (me->reason == AIBMS_HEALTH_TAKEN) {
            take(cell, rules, me);
            if (me->taken < 1000000U) {
                me->taken++;
            }
        } else {
            /* A small swing is kept open: the next rest may be far enough away. */
            begins = me->reason != AIBMS_HEALTH_SMALL_SWING;
            if (me->rejected < 1000000U) {
                me->rejected++;
            }
        }
    }
    if (begins) {
        begin_window(rules, me);
    }
}

static void count_charge(const aibms_cell *cell, aibms_health *me, float step_s, float current_a)
{
    float efficiency = (current_a > 0.0F) ? cell->charge_efficiency : 1.0F;
    me->part_as = aibms_hold(me->part_as + ((current_a * efficiency) * step_s), -1e13F, 1e13F);
    if (aibms_size(me->part_as) > WHOLE_AS) {
        me->charge_ah = aibms_hold(me->charge_ah + (me->part_as * HOURS_PER_S), -MOST_AH, MOST_AH);
        me->part_as = 0.0F;
    }
    me->hours = aibms_hold(me->hours + (step_s * HOURS_PER_S), 0.0F, 1e6F);
    me->rest_s = aibms_hold(me->rest_s + step_s, 0.0F, 1e7F);
    if (aibms_size(current_a) >= (REST_C_RATE * cell->capacity_ah)) {
        me->rest_s = 0.0F;
        me->is_read = 0U;
    }
}

static void follow_resistances(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_health *me, const aibms_pack *pack, float step_s, float current_a)
{
    if (aibms_size(current_a) > (LOAD_C_RATE * cell->capacity_ah)) {
        float share;
        uint32_t k;
        me->loaded_s = aibms_hold(me->loaded_s + step_s, 0.0F, MEMORY_S);
        share = step_s / aibms_hold(me->loaded_s, 1e-3F, MEMORY_S);
        for (k = 0U; k < rules->cell_count; k++) {
            float now = aibms_clamp((1.0F + pack->mean.filter.excess) * (1.0F + pack->cell[k].resistance), LEAST_RESISTANCE, MOST_RESISTANCE);
            me->cell[k].resistance = aibms_hold(me->cell[k].resistance + ((now - me->cell[k].resistance) * aibms_hold(share, 0.0F, 1.0F)), LEAST_RESISTANCE, MOST_RESISTANCE);
        }
    }
}

void aibms_health_step(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_health *me, const aibms_pack *pack, float step_s, float current_a,
    const float cell_v[AIBMS_CELLS], const bool bleed_on[AIBMS_CELLS])
{
    float held_s = aibms_clamp(step_s, 0.0F, 1e7F);
    float held_a = aibms_clamp(current_a, -MOST_A, MOST_A);
    if (pack->mean.is_running != 0U) {
        /* What flowed in a gap, or while the current was not measured, is not known. */
        if ((!aibms_is_between(current_a, -MOST_A, MOST_A)) || (!(pack->mean.since_gap_s > 0.0F))) {
            me->is_missed = 1U;
            me->rest_s = 0.0F;
            me->is_read = 0U;
        } else {
            count_charge(cell, me, held_s, held_a);
            follow_resistances(cell, rules, me, pack, held_s, held_a);
            if ((me->rest_s >= REST_S) && (me->is_read == 0U)) {
                me->is_read = 1U;
                read_rest(cell, rules, me, pack, cell_v, bleed_on);
                end_window(cell, rules, me);
            }
        }
    }
}

bool aibms_health_teach(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_health *me, aibms_pack *pack)
{
    float sum_ah = 0.0F;
    float count = 0.0F;
    uint32_t k;
    for (k = 0U; k < rules->cell_count; k++) {
        if (me->cell[k].windows > 0U) {
            sum_ah = aibms_hold(sum_ah + me->cell[k].capacity_ah, 0.0F, MOST_AH);
            count += 1.0F;
        }
    }
    if (count > 0.0F) {
        aibms_soc_learn_capacity(cell, &pack->mean, sum_ah / aibms_hold(count, 1.0F, 1e6F));
    }
    return count > 0.0F;
}
