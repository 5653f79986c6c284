#include "safety_internal.h"

/* A cell that stays lost for this many times the lost time opens the contactors. */
#define LONG_FACTOR 5

static void slow(aibms_safety *me, uint32_t code, const aibms_track *track, int32_t lost_ms)
{
    aibms_guard_set(me, code, track->bad_ms >= lost_ms, (float)track->bad_ms, (float)lost_ms, -1);
}

/* Signals that have not been believed for too long. */
void aibms_guard_lost(const aibms_limits *limits, aibms_safety *me)
{
    int32_t lost_ms = limits->cell_signal.lost_ms;
    int32_t long_ms = LONG_MS;
    int32_t worst = 0;
    int32_t usable = 0;
    int32_t bad_ms;
    int32_t i;
    for (i = 1; i < limits->cell_count; i++) {
        if (me->cell[i].bad_ms > me->cell[worst].bad_ms) {
            worst = i;
        }
    }
    bad_ms = me->cell[worst].bad_ms;
    if (lost_ms <= (LONG_MS / LONG_FACTOR)) {
        long_ms = lost_ms * LONG_FACTOR;
    }
    aibms_guard_set(me, AIBMS_FAULT_CELL_VOLTAGE_LOST, bad_ms >= lost_ms, (float)bad_ms, (float)lost_ms, worst);
    aibms_guard_set(me, AIBMS_FAULT_CELL_VOLTAGE_LOST_LONG, bad_ms >= long_ms, (float)bad_ms, (float)long_ms, worst);
    worst = 0;
    lost_ms = limits->probe_signal.lost_ms;
    for (i = 0; i < limits->probe_count; i++) {
        if (me->probe[i].bad_ms > me->probe[worst].bad_ms) {
            worst = i;
        }
        if (me->probe[i].bad_ms < lost_ms) {
            usable++;
        }
    }
    bad_ms = me->probe[worst].bad_ms;
    aibms_guard_set(me, AIBMS_FAULT_PROBE_LOST, bad_ms >= lost_ms, (float)bad_ms, (float)lost_ms, worst);
    aibms_guard_set(me, AIBMS_FAULT_PROBES_LOST, usable < limits->probes_needed, (float)usable, (float)limits->probes_needed, -1);
    slow(me, AIBMS_FAULT_CURRENT_LOST, &me->current, limits->current_signal.lost_ms);
    slow(me, AIBMS_FAULT_PACK_VOLTAGE_LOST, &me->pack_voltage, limits->voltage_signal.lost_ms);
    if (limits->has_isolation_monitor) {
        slow(me, AIBMS_FAULT_ISOLATION_LOST, &me->isolation, limits->slow_sensor_lost_ms);
    }
    if (limits->has_coolant_sensors) {
        bool is_level_worse = me->coolant_level.bad_ms > me->coolant_flow.bad_ms;
        slow(me, AIBMS_FAULT_COOLANT_SENSOR_LOST, is_level_worse ? &me->coolant_level : &me->coolant_flow, limits->slow_sensor_lost_ms);
    }
}

static void check_sum(const aibms_limits *limits, aibms_safety *me)
{
    /* Only voltages believed in this step are summed: held ones may be old. */
    bool all = me->pack_voltage.quality == AIBMS_GOOD;
    float sum_v = 0.0F;
    float difference_v;
    int32_t i;
    for (i = 0; i < limits->cell_count; i++) {
        all = all && (me->cell[i].quality == AIBMS_GOOD);
        sum_v = aibms_hold(sum_v + me->cell[i].value, -MOST_SUM, MOST_SUM);
    }
    difference_v = size_of(sum_v - me->pack_voltage.value);
    aibms_guard_set_after(me, AIBMS_FAULT_CELL_SUM_MISMATCH, all && (difference_v > limits->sum_tolerance_v), limits->mismatch_ms, difference_v, limits->sum_tolerance_v, -1);
}

static void check_redundant(const aibms_limits *limits, aibms_safety *me)
{
    if (limits->has_redundant_current) {
        float difference_a = size_of(me->current.value - me->redundant.value);
        float allowed_a = limits->redundant_tolerance_a + (limits->redundant_fraction * size_of(me->current.value));
        bool both = (me->current.quality == AIBMS_GOOD) && (me->redundant.quality == AIBMS_GOOD);
        bool is_lost = me->redundant.bad_ms >= limits->current_signal.lost_ms;
        aibms_guard_set_after(me, AIBMS_FAULT_CURRENT_MISMATCH, is_lost || (both && (difference_a > allowed_a)), limits->mismatch_ms, difference_a, allowed_a, -1);
    }
}

/* Measurements that cannot both be right. */
void aibms_guard_contradictions(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    /* Current with everything open and at rest for a while: an offset, or a contactor that does not open. */
    bool is_resting = is_open(&me->machine.command) && (me->machine.open_for_ms >= limits->contactors.travel_ms);
    float current_a = size_of(me->current.value);
    bool flows = is_resting && (me->current.quality == AIBMS_GOOD) && (current_a > limits->rest_a);
    check_sum(limits, me);
    check_redundant(limits, me);
    aibms_guard_set_after(me, AIBMS_FAULT_CURRENT_WHILE_OPEN, flows, limits->mismatch_ms, current_a, limits->rest_a, -1);
    aibms_guard_set_after(me, AIBMS_FAULT_INTERLOCK_OPEN, !input->is_interlock_closed, limits->interlock_ms, 0.0F, 0.0F, -1);
    aibms_guard_set(me, AIBMS_FAULT_CRASH_DETECTED, input->has_crashed, 0.0F, 0.0F, -1);
    aibms_guard_set_after(me, AIBMS_FAULT_BLEED_BOARD_HOT, input->board_deg_c > limits->bleed_board_deg_c, limits->mismatch_ms, input->board_deg_c, limits->bleed_board_deg_c, -1);
}
