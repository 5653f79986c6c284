#include "safety_internal.h"

static void next(aibms_safety *me, uint32_t phase, bool plus, bool minus, bool precharge)
{
    aibms_guard_command(me, plus, minus, precharge);
    aibms_guard_enter(me, phase);
}

static bool link_rises(const aibms_limits *limits, const aibms_safety *me)
{
    float rise_v = me->link_voltage.value - me->machine.link_at_phase_v;
    return (me->link_voltage.quality == AIBMS_GOOD) && (rise_v > (limits->contactors.weld_rise_fraction * me->pack_voltage.value));
}

static void find_weld(const aibms_limits *limits, aibms_safety *me, uint32_t code)
{
    float expected_v = me->machine.link_at_phase_v + (limits->contactors.weld_rise_fraction * me->pack_voltage.value);
    aibms_guard_set(me, code, true, me->link_voltage.value, expected_v, -1);
    aibms_guard_trip(limits, me);
    aibms_guard_all_open(me);
}

static void fail_try(const aibms_limits *limits, aibms_safety *me, bool is_too_much, float current_a, float remaining_v)
{
    const aibms_contactors *rules = &limits->contactors;
    aibms_machine *machine = &me->machine;
    machine->tries = add_ms(machine->tries, 1);
    if (is_too_much) {
        aibms_guard_set(me, AIBMS_FAULT_PRECHARGE_OVERCURRENT, true, current_a, rules->precharge_most_a, -1);
    } else {
        aibms_guard_set(me, AIBMS_FAULT_PRECHARGE_TIMEOUT, true, remaining_v, rules->precharge_end_v, machine->tries);
    }
    aibms_guard_all_open(me);
    if (machine->tries < rules->precharge_tries) {
        aibms_guard_enter(me, PHASE_RETRY_WAIT);
    } else {
        machine->has_tripped = true;
        machine->is_rearmed = false;
        aibms_guard_set(me, AIBMS_FAULT_PRECHARGE_FAILED, true, (float)machine->tries, (float)rules->precharge_tries, -1);
    }
}

static void charge_link(const aibms_limits *limits, aibms_safety *me)
{
    const aibms_contactors *rules = &limits->contactors;
    float remaining_v = size_of(me->pack_voltage.value - me->link_voltage.value);
    float current_a = size_of(me->current.value);
    bool is_measured = (me->pack_voltage.quality == AIBMS_GOOD) && (me->link_voltage.quality == AIBMS_GOOD) && (me->current.quality == AIBMS_GOOD);
    bool is_done = is_measured && (remaining_v < rules->precharge_end_v) && (current_a < rules->precharge_end_a);
    bool is_too_much = is_measured && (current_a > rules->precharge_most_a);
    me->machine.confirm_ms = is_done ? add_ms(me->machine.confirm_ms, me->clock.rest_step_ms) : 0;
    if (is_done && (me->machine.confirm_ms >= rules->precharge_confirm_ms)) {
        next(me, PHASE_JOINING, true, true, true);
    } else if (is_too_much || (me->machine.phase_ms >= rules->precharge_timeout_ms)) {
        fail_try(limits, me, is_too_much, current_a, remaining_v);
    } else {
        /* The link is still being charged. */
    }
}

/* From everything open to closed: weld tests, precharge with voltage and current check, time-out and tries. */
void aibms_guard_precharge(const aibms_limits *limits, aibms_safety *me)
{
    const aibms_contactors *rules = &limits->contactors;
    int32_t rest_ms = me->machine.phase_rest_ms;
    switch (me->machine.phase) {
    case PHASE_SELF_CHECK:
        if (rest_ms >= rules->self_check_ms) {
            next(me, PHASE_MINUS_WELD_TEST, false, false, true);
        }
        break;
    case PHASE_MINUS_WELD_TEST:
        /* Only precharge is closed: a link that rises is fed through a welded minus contactor. */
        if (link_rises(limits, me)) {
            find_weld(limits, me, AIBMS_FAULT_MINUS_CONTACTOR_WELDED);
        } else if (rest_ms >= rules->weld_test_ms) {
            next(me, PHASE_PLUS_WELD_TEST, false, true, false);
        } else {
            /* The test goes on. */
        }
        break;
    case PHASE_PLUS_WELD_TEST:
        if (link_rises(limits, me)) {
            find_weld(limits, me, AIBMS_FAULT_PLUS_CONTACTOR_WELDED);
        } else if (rest_ms >= rules->weld_test_ms) {
            next(me, PHASE_PRECHARGING, false, true, true);
        } else {
            /* The test goes on. */
        }
        break;
    case PHASE_PRECHARGING:
        charge_link(limits, me);
        break;
    case PHASE_RETRY_WAIT:
        if (rest_ms >= rules->retry_wait_ms) {
            aibms_guard_enter(me, PHASE_SELF_CHECK);
        }
        break;
    default:
        if (rest_ms >= rules->join_ms) {
            aibms_guard_set(me, AIBMS_FAULT_PRECHARGE_TIMEOUT, false, 0.0F, 0.0F, -1);
            aibms_guard_set(me, AIBMS_FAULT_PRECHARGE_OVERCURRENT, false, 0.0F, 0.0F, -1);
            next(me, PHASE_RUNNING, true, true, false);
        }
        break;
    }
}
