#include "safety_internal.h"

static void distrust(aibms_track *track, uint32_t why, int32_t step_ms)
{
    track->quality = why;
    track->bad_ms = add_ms(track->bad_ms, step_ms);
}

static void believe(aibms_track *track, float raw)
{
    if (raw != track->value) {
        track->has_moved = true;
    }
    track->value = raw;
    track->is_seen = true;
    track->confirm_ms = 0;
    track->bad_ms = 0;
    track->quality = AIBMS_GOOD;
}

/* Distance beyond what is allowed; halves, so that no difference of two numbers overflows. */
static bool is_beyond(float a, float b, float allowed)
{
    return size_of((0.5F * a) - (0.5F * b)) > (0.5F * allowed);
}

/* Range and jump of one raw value. */
static void update(aibms_track *track, float raw, const aibms_band *band, int32_t step_ms)
{
    track->has_moved = false;
    track->bad_before_ms = track->bad_ms;
    if (!is_number(raw)) {
        distrust(track, AIBMS_MISSING, step_ms);
    } else {
        bool agrees = track->has_raw && (!is_beyond(raw, track->last_raw, band->step));
        float allowed = band->step + ((band->rate_per_s * 0.001F) * ((float)step_ms + (float)track->bad_ms));
        track->has_moved = (!track->has_raw) || (raw != track->last_raw);
        track->last_raw = raw;
        track->has_raw = true;
        if ((raw < band->min) || (raw > band->max)) {
            track->confirm_ms = 0;
            distrust(track, AIBMS_OUT_OF_RANGE, step_ms);
        } else if (track->is_seen && (size_of(raw - track->value) > allowed)) {
            track->confirm_ms = agrees ? add_ms(track->confirm_ms, step_ms) : 0;
            if ((!agrees) || (track->confirm_ms < band->confirm_ms)) {
                distrust(track, AIBMS_JUMPED, step_ms);
            } else {
                believe(track, raw);
            }
        } else {
            believe(track, raw);
        }
    }
}

/* The mean without the highest and the lowest value; unknown where there are fewer than four. */
float aibms_guard_trimmed_mean(const aibms_track *tracks, int32_t count, const aibms_band *band)
{
    float sum = 0.0F;
    float lowest = MOST_SUM;
    float highest = -MOST_SUM;
    float mean = AIBMS_UNKNOWN;
    int32_t used = 0;
    int32_t i;
    for (i = 0; i < count; i++) {
        /* A stuck signal stays among the neighbours: without it too few might be left, and it would look sound again. */
        if ((tracks[i].quality == AIBMS_STUCK) || is_usable(&tracks[i], band)) {
            float value = tracks[i].value;
            sum = aibms_hold(sum + value, -MOST_SUM, MOST_SUM);
            if (value < lowest) {
                lowest = value;
            }
            if (value > highest) {
                highest = value;
            }
            used++;
        }
    }
    if (used >= 4) {
        float kept = (float)used - 2.0F;
        mean = aibms_hold(((sum - lowest) - highest) / kept, -MOST_SUM, MOST_SUM);
    }
    return mean;
}

/* A signal that shows the same bits while its neighbours move far is stuck. */
static void check_stuck(aibms_track *tracks, int32_t count, const aibms_band *band, int32_t step_ms)
{
    float others = aibms_guard_trimmed_mean(tracks, count, band);
    int32_t i;
    for (i = 0; i < count; i++) {
        aibms_track *track = &tracks[i];
        if (track->has_moved || (!is_known(track->others_at_change))) {
            track->others_at_change = others;
        }
        if ((track->quality == AIBMS_GOOD) && is_known(others) && is_known(track->others_at_change)) {
            if (size_of(others - track->others_at_change) > band->stuck_others) {
                track->bad_ms = track->bad_before_ms;
                distrust(track, AIBMS_STUCK, step_ms);
            }
        }
    }
}

static void check_cells(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    int32_t step_ms = me->clock.step_ms;
    int32_t last = limits->cell_count - 1;
    int32_t i;
    for (i = 0; i <= last; i++) {
        aibms_track *cell = &me->cell[i];
        bool is_bleeding = input->bleed_on[i];
        /* Neighbours share the tap wires in between, so their voltages are wrong too. */
        if (i > 0) {
            is_bleeding = is_bleeding || input->bleed_on[i - 1];
        }
        if (i < last) {
            is_bleeding = is_bleeding || input->bleed_on[i + 1];
        }
        if (is_bleeding) {
            cell->settle_ms = limits->bleed_settle_ms;
        }
        if (is_bleeding || (cell->settle_ms > 0)) {
            if (!is_bleeding) {
                cell->settle_ms = (step_ms >= cell->settle_ms) ? 0 : (cell->settle_ms - step_ms);
            }
            distrust(cell, AIBMS_BLEEDING, step_ms);
        } else {
            update(cell, input->cell_v[i], &limits->cell_signal, step_ms);
        }
    }
    check_stuck(me->cell, limits->cell_count, &limits->cell_signal, step_ms);
}

/* Decides which readings are believed, and reports those that are missing or contradict each other. */
void aibms_guard_signals(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    /* Isolation and coolant sensors need no bounds of their own: any finite value from 0 is taken. */
    static const aibms_band any = {0.0F, 1e12F, 1e12F, 0.0F, 1.0F, 300, 1000};
    int32_t step_ms = me->clock.step_ms;
    int32_t i;
    check_cells(limits, me, input);
    for (i = 0; i < limits->probe_count; i++) {
        update(&me->probe[i], input->probe_deg_c[i], &limits->probe_signal, step_ms);
    }
    check_stuck(me->probe, limits->probe_count, &limits->probe_signal, step_ms);
    update(&me->current, input->current_a, &limits->current_signal, step_ms);
    update(&me->pack_voltage, input->pack_v, &limits->voltage_signal, step_ms);
    update(&me->link_voltage, input->link_v, &limits->voltage_signal, step_ms);
    if (limits->has_redundant_current) {
        update(&me->redundant, input->redundant_a, &limits->current_signal, step_ms);
    }
    if (limits->has_isolation_monitor) {
        update(&me->isolation, input->isolation_ohm, &any, step_ms);
    }
    if (limits->has_coolant_sensors) {
        update(&me->coolant_level, input->coolant_level, &any, step_ms);
        update(&me->coolant_flow, input->coolant_l_per_min, &any, step_ms);
        update(&me->coolant_temperature, input->coolant_deg_c, &limits->probe_signal, step_ms);
    }
    aibms_guard_lost(limits, me);
    aibms_guard_contradictions(limits, me, input);
}
