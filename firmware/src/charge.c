#include "aibms/charge.h"

#include "aibms/math.h"

#define NEARLY 0.8F
#define FULL_SOC 0.9F
#define MOST_A 1e6F
#define LARGEST 1e9F

/* Readings that were found to be numbers, within bounds. */
typedef struct {
    float step_s;
    float flows_a;
    bool is_flow_known;
    float worst_v;
    bool is_voltage_known;
    float resistance_ohm;
    float coldest_deg_c;
    bool is_temperature_known;
    float soc;
    bool is_soc_known;
    float envelope_a;
    float power_a;      /* MOST_A where unknown: it cuts nothing */
    float pulse_a;
    float target_soc;
} readings;

static bool is_bounded(float x, float bound)
{
    return (x > -bound) && (x < bound);
}

static float or_else(float x, float bound, float otherwise)
{
    float y = otherwise;
    if (is_bounded(x, bound)) {
        y = aibms_clamp(x, -bound, bound);
    }
    return y;
}

static void read(const aibms_charge_input *input, readings *r)
{
    r->step_s = aibms_clamp(input->step_s, 0.0F, 1e6F);
    r->is_flow_known = is_bounded(input->current_a, MOST_A);
    r->flows_a = aibms_clamp(or_else(input->current_a, MOST_A, 0.0F), 0.0F, MOST_A);
    r->is_voltage_known = is_bounded(input->worst_v, 100.0F);
    r->worst_v = or_else(input->worst_v, 100.0F, 0.0F);
    r->resistance_ohm = aibms_clamp(input->resistance_ohm, 1e-6F, 1e3F);
    r->is_temperature_known = is_bounded(input->coldest_deg_c, 1000.0F);
    r->coldest_deg_c = or_else(input->coldest_deg_c, 1000.0F, 0.0F);
    r->is_soc_known = is_bounded(input->fullest_soc, 10.0F);
    r->soc = or_else(input->fullest_soc, 10.0F, 1.0F);
    r->envelope_a = aibms_clamp(input->envelope_a, 0.0F, MOST_A);
    r->power_a = or_else(input->power_a, MOST_A, MOST_A);
    r->pulse_a = or_else(input->pulse_a, MOST_A, MOST_A);
    r->target_soc = or_else(input->target_soc, 10.0F, 1.0F);
}

/* Straight lines between points, the end values beyond them. */
static float line_at(const aibms_points *points, float place)
{
    uint32_t last = points->count - 1U;
    uint32_t k = 1U;
    float value = points->value[last];
    if (!(place > points->at[0])) {
        value = points->value[0];
    } else if (place < points->at[last]) {
        float span;
        while ((k < last) && (!(place < points->at[k]))) {
            k++;
        }
        span = points->at[k] - points->at[k - 1U];
        if (span > 1e-6F) {
            value = points->value[k - 1U] + (((points->value[k] - points->value[k - 1U]) * (place - points->at[k - 1U])) / span);
        }
    } else {
        /* Beyond the last point. */
    }
    return aibms_hold(value, 0.0F, 1.0F);
}

/* Remembers what charge went before: a short pulse may be strong, a long one not. */
static void guard_plating(const aibms_charge_rules *rules, aibms_charge *me, const readings *r)
{
    float by_temperature = r->is_temperature_known ? line_at(&rules->by_temperature, r->coldest_deg_c) : 0.0F;
    float beyond;
    float rate;
    me->lasting_a = (rules->rated_a * by_temperature) * line_at(&rules->by_soc, r->soc);
    if (me->lasting_a > 1e-6F) {
        beyond = aibms_hold((r->flows_a / me->lasting_a) - 1.0F, -1.0F, LARGEST);
    } else {
        /* Where nothing may last, any charge uses the pulse at the full rate. */
        beyond = (r->flows_a > 0.0F) ? rules->pulse_factor : -1.0F;
    }
    if (beyond > 0.0F) {
        rate = beyond / (aibms_hold(rules->pulse_factor - 1.0F, 1e-3F, 1e3F) * rules->pulse_s);
    } else {
        rate = beyond / rules->recover_s;
    }
    me->used = aibms_hold(me->used + (rate * r->step_s), 0.0F, 1.0F);
    me->now_a = me->lasting_a * (1.0F + ((rules->pulse_factor - 1.0F) * (1.0F - me->used)));
}

static void announce(const aibms_charge_rules *rules, const aibms_charge *me, const readings *r, aibms_charge_decision *out)
{
    out->limit_a = r->envelope_a;
    out->limit_reason = AIBMS_CHARGE_ENVELOPE;
    if (me->now_a < out->limit_a) {
        out->limit_a = me->now_a;
        out->limit_reason = AIBMS_CHARGE_PLATING;
        if (me->used > 0.5F) {
            out->limit_reason = AIBMS_CHARGE_PLATING_HISTORY;
        }
    }
    if ((!r->is_soc_known) && (rules->unknown_a < out->limit_a)) {
        out->limit_a = rules->unknown_a;
        out->limit_reason = AIBMS_CHARGE_ESTIMATE_UNKNOWN;
    }
    if (r->pulse_a < out->limit_a) {
        out->limit_a = r->pulse_a;
        out->limit_reason = AIBMS_CHARGE_POWER;
    }
    if (out->limit_a < 0.0F) {
        out->limit_a = 0.0F;
    }
}

/* Takes the smaller current, with its reason. */
static void lower_to(aibms_charge_decision *least, float current_a, uint32_t reason, float value, float threshold, int32_t cell)
{
    if (current_a < least->current_a) {
        least->current_a = current_a;
        least->reason = reason;
        least->value = value;
        least->threshold = threshold;
        least->cell = cell;
    }
}

static void conclude(aibms_charge_decision *out, uint32_t reason, float value, float threshold)
{
    out->current_a = 0.0F;
    out->reason = reason;
    out->value = value;
    out->threshold = threshold;
    out->cell = -1;
}

/* It begins again by the SOC at which it ended, whatever that was: a wrong estimate must not start a full pack again and again. */
static void finish(aibms_charge *me, const readings *r)
{
    if (!me->is_finished) {
        me->finished_soc = r->soc;
        me->has_finished = r->is_soc_known;
    }
    me->is_finished = true;
}

static float stage_at(const aibms_charge_rules *rules, const readings *r)
{
    float share = rules->stages.value[rules->stages.count - 1U];
    bool is_found = !r->is_soc_known;
    uint32_t k;
    for (k = 0U; k < rules->stages.count; k++) {
        if ((!is_found) && (r->soc < rules->stages.at[k])) {
            share = rules->stages.value[k];
            is_found = true;
        }
    }
    return share;
}

/* A step towards the current at which the worst cell is just at its voltage. */
static void taper(const aibms_charge_rules *rules, aibms_charge *me, const aibms_charge_input *input, const readings *r, aibms_charge_decision *least)
{
    float held_v = rules->full_v - rules->margin_v;
    float flows_a = r->is_flow_known ? r->flows_a : me->last_a;
    float taper_a = 0.0F;
    bool is_full;
    if (r->is_voltage_known) {
        taper_a = aibms_hold(flows_a + ((held_v - r->worst_v) / (rules->taper_factor * r->resistance_ohm)), 0.0F, LARGEST);
    }
    lower_to(least, taper_a, AIBMS_CHARGE_CELL_VOLTAGE, r->worst_v, held_v, input->worst_cell);
    /* The estimated limit foresees the same end by its margin earlier. */
    is_full = (least->reason == AIBMS_CHARGE_CELL_VOLTAGE) || ((least->reason == AIBMS_CHARGE_POWER) && r->is_soc_known && (r->soc > FULL_SOC));
    if (is_full && (least->current_a < rules->end_a) && (flows_a < rules->end_a)) {
        /* The wait is needed: a charge that only begins, on a full pack, tapers too. */
        me->end_s = aibms_hold(me->end_s + r->step_s, 0.0F, LARGEST);
    } else {
        me->end_s = 0.0F;
    }
    if (me->end_s >= rules->end_hold_s) {
        finish(me, r);
    }
}

/* Falling at once, rising slowly: quick far away, slow near the limit. */
static void rise(const aibms_charge_rules *rules, const aibms_charge *me, const readings *r, aibms_charge_decision *least)
{
    float near_a = ((least->current_a - me->last_a) * r->step_s) / (r->step_s + rules->settle_s);
    float most_a = rules->rise_a_per_s * r->step_s;
    float rising = me->last_a + ((near_a < most_a) ? near_a : most_a);
    float flows_a = r->is_flow_known ? r->flows_a : 0.0F;
    if ((least->current_a * NEARLY) > rising) {
        /* What is nearly reached keeps its reason, so that noise on a limit does not make the reason flicker. */
        least->threshold = least->current_a;
        least->value = flows_a;
        least->reason = AIBMS_CHARGE_RISING;
        least->current_a = rising;
        least->cell = -1;
    } else if (least->current_a > rising) {
        least->current_a = rising;
    } else {
        /* Reached. */
    }
    least->current_a = aibms_hold(least->current_a, 0.0F, MOST_A);
}

static void decide(const aibms_charge_rules *rules, aibms_charge *me, const aibms_charge_input *input, const readings *r, aibms_charge_decision *out)
{
    if ((!input->is_requested) || (!input->is_connected)) {
        me->is_finished = false;
        me->end_s = 0.0F;
        conclude(out, input->is_requested ? AIBMS_CHARGE_NO_CHARGER : AIBMS_CHARGE_NOT_REQUESTED, 0.0F, 0.0F);
    } else {
        if (r->is_soc_known && (r->soc >= r->target_soc)) {
            finish(me, r);
        }
        if (r->is_soc_known && me->has_finished && (r->soc < (me->finished_soc - rules->restart_below_soc))) {
            me->is_finished = false;
        }
        if (me->is_finished) {
            conclude(out, AIBMS_CHARGE_FINISHED, r->soc, r->target_soc);
        } else {
            conclude(out, AIBMS_CHARGE_ENVELOPE, r->flows_a, r->envelope_a);
            out->current_a = r->envelope_a;
            lower_to(out, stage_at(rules, r) * rules->rated_a, AIBMS_CHARGE_STAGE, r->soc, 0.0F, -1);
            lower_to(out, me->lasting_a, AIBMS_CHARGE_PLATING, r->coldest_deg_c, me->lasting_a, -1);
            if (!r->is_soc_known) {
                lower_to(out, rules->unknown_a, AIBMS_CHARGE_ESTIMATE_UNKNOWN, 0.0F, 0.0F, -1);
            }
            lower_to(out, r->power_a, AIBMS_CHARGE_POWER, r->flows_a, r->power_a, -1);
            taper(rules, me, input, r, out);
            rise(rules, me, r, out);
        }
    }
}

void aibms_charge_start(aibms_charge *me)
{
    static const aibms_charge nothing = {0};
    *me = nothing;
    me->cell = -1;
}

void aibms_charge_step(const aibms_charge_rules *rules, aibms_charge *me, const aibms_charge_input *input, aibms_charge_decision *out)
{
    readings r;
    read(input, &r);
    guard_plating(rules, me, &r);
    announce(rules, me, &r, out);
    decide(rules, me, input, &r, out);
    if ((out->reason == me->reason) && (out->cell == me->cell)) {
        me->for_s = aibms_hold(me->for_s + r.step_s, 0.0F, LARGEST);
    } else {
        me->for_s = 0.0F;
    }
    me->reason = out->reason;
    me->cell = out->cell;
    me->last_a = out->current_a;
    out->for_s = me->for_s;
}
