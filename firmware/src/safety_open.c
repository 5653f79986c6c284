#include "safety_internal.h"

/* Opens the contactors: break current, wait for the fuse, one after the other; and counts openings for protection. */
void aibms_guard_enter(aibms_safety *me, uint32_t phase)
{
    me->machine.phase = phase;
    me->machine.phase_ms = 0;
    me->machine.phase_rest_ms = 0;
    me->machine.confirm_ms = 0;
    me->machine.link_at_phase_v = me->link_voltage.value;
}

void aibms_guard_command(aibms_safety *me, bool plus, bool minus, bool precharge)
{
    aibms_machine *machine = &me->machine;
    if (plus != machine->command.plus) {
        machine->plus_steady_ms = 0;
    }
    if (minus != machine->command.minus) {
        machine->minus_steady_ms = 0;
    }
    if (precharge != machine->command.precharge) {
        machine->precharge_steady_ms = 0;
    }
    machine->command.plus = plus;
    machine->command.minus = minus;
    machine->command.precharge = precharge;
}

void aibms_guard_all_open(aibms_safety *me)
{
    aibms_guard_command(me, false, false, false);
    me->machine.open_for_ms = 0;
    aibms_guard_enter(me, PHASE_RESTING);
}

/* Marks the opening as one for protection, once. */
void aibms_guard_trip(const aibms_limits *limits, aibms_safety *me)
{
    aibms_machine *machine = &me->machine;
    bool is_opening = (machine->phase == PHASE_FUSE_WAIT) || (machine->phase == PHASE_OPENING);
    if ((!machine->has_tripped) || (!is_opening)) {
        machine->openings = add_ms(machine->openings, 1);
    }
    machine->has_tripped = true;
    machine->is_rearmed = false;
    machine->forget_ms = 0;
    if (machine->openings >= limits->contactors.most_openings) {
        aibms_guard_set(me, AIBMS_FAULT_CONTACTOR_CYCLING, true, (float)machine->openings, (float)limits->contactors.most_openings, -1);
    }
}

/* The contactor whose arc is blown out in this direction opens first: plus when discharging, minus when charging. */
static void open_first(const aibms_limits *limits, aibms_safety *me)
{
    bool is_minus_first = me->current.value > 0.0F;
    aibms_guard_command(me, is_minus_first, !is_minus_first, false);
    aibms_guard_enter(me, PHASE_OPENING);
    if (limits->contactors.stagger_ms == 0) {
        aibms_guard_all_open(me);
    }
}

/* Begins to open; above the break current the fuse gets its time first. */
void aibms_guard_begin_open(const aibms_limits *limits, aibms_safety *me)
{
    if (size_of(me->current.value) > limits->contactors.break_a) {
        aibms_guard_enter(me, PHASE_FUSE_WAIT);
    } else {
        open_first(limits, me);
    }
}

void aibms_guard_step_open(const aibms_limits *limits, aibms_safety *me)
{
    if (me->machine.phase == PHASE_FUSE_WAIT) {
        float current_a = size_of(me->current.value);
        bool is_too_high = current_a > limits->contactors.break_a;
        if ((!is_too_high) || (me->machine.phase_ms >= limits->contactors.fuse_wait_ms)) {
            if (is_too_high) {
                aibms_guard_set(me, AIBMS_FAULT_BREAK_CURRENT_EXCEEDED, true, current_a, limits->contactors.break_a, -1);
            }
            open_first(limits, me);
        }
    } else if (me->machine.phase_ms >= limits->contactors.stagger_ms) {
        aibms_guard_all_open(me);
    } else {
        /* The second contactor waits for the first. */
    }
}

/* Lets the count of openings fade by the clock's advance alone. */
void aibms_guard_forget(const aibms_limits *limits, aibms_safety *me)
{
    aibms_machine *machine = &me->machine;
    aibms_guard_set(me, AIBMS_FAULT_CONTACTOR_CYCLING, false, 0.0F, 0.0F, -1);
    aibms_guard_set(me, AIBMS_FAULT_BREAK_CURRENT_EXCEEDED, false, 0.0F, 0.0F, -1);
    aibms_guard_set(me, AIBMS_FAULT_PRECHARGE_FAILED, false, 0.0F, 0.0F, -1);
    if (machine->openings > 0) {
        machine->forget_ms = add_ms(machine->forget_ms, me->clock.rest_step_ms);
        if (machine->forget_ms >= limits->contactors.opening_forgotten_ms) {
            machine->forget_ms = 0;
            machine->openings--;
        }
    }
}
