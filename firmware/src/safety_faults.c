#include "safety_internal.h"

#define LARGEST_COUNT 1000000

/* Says whether a fault's condition holds now. The record keeps the last value that showed it. */
void aibms_guard_set(aibms_safety *me, uint32_t code, bool is_active, float value, float threshold, int32_t where)
{
    aibms_fault *fault = &me->fault[code];
    if (is_active) {
        if (!fault->is_active) {
            fault->since_ms = me->clock.last_ms;
            if (fault->count < LARGEST_COUNT) {
                fault->count++;
            }
        }
        fault->is_latched = fault->is_latched || (aibms_fault_rows[code].is_latched != 0U);
        fault->value = value;
        fault->threshold = threshold;
        fault->where = where;
    }
    fault->is_active = is_active;
}

/* The same once the condition has lasted; it ends after as long. */
void aibms_guard_set_after(aibms_safety *me, uint32_t code, bool condition, int32_t debounce_ms, float value, float threshold, int32_t where)
{
    aibms_level *timer = &me->fault_timer[code];
    const aibms_watch watch = {
        condition ? 1.0F : 0.0F, true, true, false, 0.5F, 0.0F, debounce_ms, debounce_ms, me->clock.step_ms, me->clock.rest_step_ms
    };
    aibms_guard_level(timer, &watch);
    if (timer->is_active && (!condition)) {
        const aibms_fault *fault = &me->fault[code];
        aibms_guard_set(me, code, true, fault->value, fault->threshold, fault->where);
    } else {
        aibms_guard_set(me, code, timer->is_active, value, threshold, where);
    }
}

/* The hardest reaction that any fault asks for; the undervoltage trip is left out where a charger is connected. */
uint32_t aibms_guard_hardest(const aibms_safety *me, bool is_charger_connected, uint32_t *by)
{
    uint32_t hardest = AIBMS_REACTION_NONE;
    uint32_t k;
    *by = AIBMS_FAULT_COUNT;
    for (k = 0U; k < AIBMS_FAULT_COUNT; k++) {
        bool is_left_out = is_charger_connected && (k == AIBMS_FAULT_CELL_VOLTAGE_LOW_SAFETY);
        uint32_t reaction = (uint32_t)aibms_fault_rows[k].reaction;
        if (is_present(&me->fault[k]) && (!is_left_out) && (reaction > hardest)) {
            hardest = reaction;
            *by = k;
        }
    }
    return hardest;
}

bool aibms_guard_any_latched(const aibms_safety *me)
{
    bool any = false;
    uint32_t k;
    for (k = 0U; k < AIBMS_FAULT_COUNT; k++) {
        any = any || me->fault[k].is_latched;
    }
    return any;
}
