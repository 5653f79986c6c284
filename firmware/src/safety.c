#include "safety_internal.h"

void aibms_safety_start(const aibms_limits *limits, aibms_safety *me)
{
    static const aibms_safety nothing = {0};
    uint32_t k;
    *me = nothing;
    for (k = 0U; k < AIBMS_KINDS; k++) {
        me->kind_value[k] = AIBMS_UNKNOWN;
        me->kind_where[k] = -1;
    }
    for (k = 0U; k < AIBMS_CELLS; k++) {
        me->cell[k].quality = AIBMS_MISSING;
    }
    for (k = 0U; k < AIBMS_PROBES; k++) {
        me->probe[k].quality = AIBMS_MISSING;
    }
    me->machine.open_for_ms = limits->contactors.reclose_wait_ms;
    me->machine.is_rearmed = true;
    me->challenge = aibms_guard_mix(limits->service_key);
}

/* Turns the input's time into the step that is credited: a clock that stands or runs back ages every danger and lets nothing recover. */
static void tick(const aibms_limits *limits, aibms_safety *me, int64_t time_ms)
{
    aibms_clock *clock = &me->clock;
    bool has_advanced = clock->has_started && (time_ms > clock->last_ms);
    bool has_stood = clock->has_started && (!has_advanced);
    clock->gap_ms = 0;
    if (has_advanced) {
        /* The distance of two 64-bit times always fits without a sign. */
        uint64_t gap_ms = (uint64_t)time_ms - (uint64_t)clock->last_ms;
        clock->gap_ms = (gap_ms > (uint64_t)LONG_MS) ? LONG_MS : (int32_t)gap_ms;
    }
    clock->rest_step_ms = (clock->gap_ms > limits->most_step_ms) ? limits->most_step_ms : clock->gap_ms;
    clock->step_ms = has_advanced ? clock->rest_step_ms : limits->assumed_step_ms;
    clock->stood_ms = has_stood ? add_ms(clock->stood_ms, limits->assumed_step_ms) : 0;
    clock->last_ms = time_ms;
    clock->has_started = true;
    aibms_guard_set_after(me, AIBMS_FAULT_CLOCK_FAULT, clock->stood_ms >= limits->clock_lost_ms, 0, (float)clock->stood_ms, (float)limits->clock_lost_ms, -1);
    aibms_guard_set(me, AIBMS_FAULT_STEP_GAP, clock->gap_ms > limits->most_step_ms, (float)clock->gap_ms, (float)limits->most_step_ms, -1);
}

/* Keeps the pauses in which every cell is measured: a tap that bleeds leaves its cell unwatched. */
static void pause_bleeding(const aibms_limits *limits, aibms_safety *me)
{
    int32_t blind_ms = 0;
    bool is_watched = true;
    int32_t i;
    for (i = 0; i < limits->cell_count; i++) {
        if (me->cell[i].quality == AIBMS_BLEEDING) {
            is_watched = false;
            if (me->cell[i].bad_ms > blind_ms) {
                blind_ms = me->cell[i].bad_ms;
            }
        }
    }
    if (blind_ms >= limits->bleed_blind_ms) {
        me->is_bleed_paused = true;
    } else if (is_watched) {
        me->is_bleed_paused = false;
    } else {
        /* The pause goes on until every cell is seen. */
    }
}

void aibms_safety_observe(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    tick(limits, me, input->time_ms);
    aibms_guard_signals(limits, me, input);
    aibms_guard_limits(limits, me, input);
    aibms_guard_runaway(limits, me, input);
    aibms_guard_deep(limits, me);
    aibms_guard_overrun(limits, me);
    aibms_guard_contactors(limits, me, input);
    aibms_guard_service(limits, me, input);
    aibms_guard_machine(limits, me, input);
    aibms_guard_envelope(limits, me, input->is_charger_connected);
    pause_bleeding(limits, me);
}

void aibms_safety_save(const aibms_safety *me, bool latched[AIBMS_FAULT_COUNT + 1U])
{
    uint32_t k;
    for (k = 0U; k < AIBMS_FAULT_COUNT; k++) {
        latched[k] = me->fault[k].is_latched;
    }
    latched[AIBMS_FAULT_COUNT] = me->deep.stage != DEEP_NONE;
}

void aibms_safety_restore(aibms_safety *me, const bool latched[AIBMS_FAULT_COUNT + 1U])
{
    uint32_t k;
    for (k = 0U; k < AIBMS_FAULT_COUNT; k++) {
        if (latched[k] && (aibms_fault_rows[k].is_latched != 0U)) {
            me->fault[k].is_latched = true;
        }
    }
    if (latched[AIBMS_FAULT_COUNT]) {
        me->deep.stage = DEEP_REFUSED;
    }
}
