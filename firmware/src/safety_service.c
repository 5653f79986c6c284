#include "safety_internal.h"

static aibms_watch watch_of(const aibms_limits *limits, const aibms_safety *me, bool is_low, float threshold, int32_t step_ms)
{
    float lowest_v = me->kind_value[AIBMS_CELL_VOLTAGE_LOW];
    const aibms_watch watch = {
        lowest_v, is_known(lowest_v), true, is_low, threshold, 0.0F, limits->deep_debounce_ms, limits->deep_debounce_ms, step_ms, me->clock.rest_step_ms
    };
    return watch;
}

/* Refuses to charge a pack whose cell was deeply discharged until somebody has qualified it. */
void aibms_guard_deep(const aibms_limits *limits, aibms_safety *me)
{
    aibms_deep *state = &me->deep;
    aibms_watch below = watch_of(limits, me, true, limits->deep_v, me->clock.step_ms);
    aibms_watch above = watch_of(limits, me, false, limits->deep_recovered_v, me->clock.rest_step_ms);
    aibms_guard_level(&state->below, &below);
    aibms_guard_level(&state->recovered, &above);
    if ((state->stage == DEEP_NONE) && state->below.is_active) {
        state->stage = DEEP_REFUSED;
        state->lowest_v = below.value;
        state->where = me->kind_where[AIBMS_CELL_VOLTAGE_LOW];
    } else if (state->stage == DEEP_QUALIFIED) {
        state->recovery_ms = add_ms(state->recovery_ms, me->clock.step_ms);
        if (state->recovered.is_active) {
            state->stage = DEEP_NONE;
        } else if (state->recovery_ms >= limits->deep_recovery_ms) {
            state->stage = DEEP_REFUSED;
        } else {
            /* The recovery charge goes on. */
        }
    } else {
        /* Nothing changes. */
    }
    aibms_guard_set(me, AIBMS_FAULT_DEEP_DISCHARGE, state->stage == DEEP_REFUSED, state->lowest_v, limits->deep_v, state->where);
}

/* Allows a recovery charge. */
static bool qualify(aibms_safety *me)
{
    bool is_refused = me->deep.stage == DEEP_REFUSED;
    if (is_refused) {
        me->deep.stage = DEEP_QUALIFIED;
        me->deep.recovery_ms = 0;
    }
    return is_refused;
}

/* A 32-bit mixing step (the finaliser of MurmurHash3, A. Appleby, public domain). */
uint32_t aibms_guard_mix(uint32_t x)
{
    uint32_t y = x;
    y ^= y >> 16U;
    y *= 0x85EBCA6BU;
    y ^= y >> 13U;
    y *= 0xC2B2AE35U;
    y ^= y >> 16U;
    return y;
}

uint32_t aibms_service_answer(uint32_t challenge, uint32_t key, uint32_t request)
{
    return aibms_guard_mix(aibms_guard_mix(challenge ^ key) + request);
}

/* Ends every latched fault, or none while a cause is still there. */
static bool reset(aibms_safety *me)
{
    bool may = true;
    uint32_t k;
    for (k = 0U; k < AIBMS_FAULT_COUNT; k++) {
        if (me->fault[k].is_latched && me->fault[k].is_active) {
            may = false;
        }
    }
    if (may) {
        for (k = 0U; k < AIBMS_FAULT_COUNT; k++) {
            me->fault[k].is_latched = false;
        }
        me->machine.openings = 0;
        me->machine.link_follows_ms = 0;
    }
    return may;
}

/* The only way to end latched faults and to qualify a deeply discharged cell. */
void aibms_guard_service(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    bool is_asked = (input->service != AIBMS_SERVICE_NONE) && (me->service_before == AIBMS_SERVICE_NONE);
    bool is_granted = false;
    if (is_asked) {
        bool is_answered = input->service_answer == aibms_service_answer(me->challenge, limits->service_key, input->service);
        /* The pack must be at rest, and nobody may be waiting for it to close by surprise. */
        if (is_answered && is_open(&me->machine.command) && (!input->is_close_requested)) {
            if (input->service == AIBMS_SERVICE_RESET) {
                is_granted = reset(me);
            }
            if (input->service == AIBMS_SERVICE_QUALIFY) {
                is_granted = qualify(me);
            }
        }
        /* Every try, right or wrong, spends the challenge. */
        me->challenge = aibms_guard_mix(me->challenge + 1U);
    }
    me->service_before = input->service;
    if (is_asked) {
        aibms_guard_set(me, AIBMS_FAULT_SERVICE_REFUSED, !is_granted, 0.0F, 0.0F, -1);
    } else if (input->service == AIBMS_SERVICE_NONE) {
        aibms_guard_set(me, AIBMS_FAULT_SERVICE_REFUSED, false, 0.0F, 0.0F, -1);
    } else {
        /* A request that stands counts once. */
    }
}
