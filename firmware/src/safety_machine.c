#include "safety_internal.h"

static bool is_welded(bool is_closed, uint32_t aux, int32_t steady_ms, int32_t travel_ms)
{
    return (!is_closed) && (aux == AIBMS_AUX_CLOSED) && (steady_ms > travel_ms);
}

static bool is_stuck_open(bool is_closed, uint32_t aux, int32_t steady_ms, int32_t travel_ms)
{
    return is_closed && (aux == AIBMS_AUX_OPEN) && (steady_ms > travel_ms);
}

/* Compares what the contactors were told with what their auxiliary contacts and the link voltage show. */
void aibms_guard_contactors(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    aibms_machine *machine = &me->machine;
    const aibms_contactors *rules = &limits->contactors;
    int32_t step_ms = me->clock.step_ms;
    float link_v = me->link_voltage.value;
    float expected_v = me->pack_voltage.value - rules->weld_tolerance_v;
    bool follows;
    bool both;
    bool stuck;
    machine->plus_steady_ms = add_ms(machine->plus_steady_ms, step_ms);
    machine->minus_steady_ms = add_ms(machine->minus_steady_ms, step_ms);
    machine->precharge_steady_ms = add_ms(machine->precharge_steady_ms, step_ms);

    /* Both welded: long after opening the link still follows the pack. One weld alone is found by the tests before closing. */
    follows = is_open(&machine->command) && (machine->open_for_ms > 0) && (me->link_voltage.quality == AIBMS_GOOD)
        && (me->pack_voltage.quality == AIBMS_GOOD) && (size_of(me->pack_voltage.value - link_v) < rules->weld_tolerance_v);
    machine->link_follows_ms = follows ? add_ms(machine->link_follows_ms, me->clock.rest_step_ms) : 0;
    both = follows && (machine->link_follows_ms >= rules->weld_after_opening_ms) && (!input->is_charger_connected);
    aibms_guard_set(me, AIBMS_FAULT_PLUS_CONTACTOR_WELDED, both || is_welded(machine->command.plus, input->plus_aux, machine->plus_steady_ms, rules->travel_ms), link_v, expected_v, -1);
    aibms_guard_set(me, AIBMS_FAULT_MINUS_CONTACTOR_WELDED, both || is_welded(machine->command.minus, input->minus_aux, machine->minus_steady_ms, rules->travel_ms), link_v, expected_v, -1);
    aibms_guard_set(me, AIBMS_FAULT_PRECHARGE_RELAY_WELDED, is_welded(machine->command.precharge, input->precharge_aux, machine->precharge_steady_ms, rules->travel_ms), link_v, expected_v, -1);
    stuck = is_stuck_open(machine->command.plus, input->plus_aux, machine->plus_steady_ms, rules->travel_ms)
        || is_stuck_open(machine->command.minus, input->minus_aux, machine->minus_steady_ms, rules->travel_ms)
        || is_stuck_open(machine->command.precharge, input->precharge_aux, machine->precharge_steady_ms, rules->travel_ms);
    aibms_guard_set(me, AIBMS_FAULT_CONTACTOR_STUCK_OPEN, stuck, 0.0F, 0.0F, -1);
}

/* True where everything that closing depends on is believed in this step. */
static bool is_ready(const aibms_limits *limits, const aibms_safety *me)
{
    bool ready = (me->current.quality == AIBMS_GOOD) && (me->pack_voltage.quality == AIBMS_GOOD) && (me->link_voltage.quality == AIBMS_GOOD);
    int32_t probes = 0;
    int32_t i;
    for (i = 0; i < limits->cell_count; i++) {
        ready = ready && is_usable(&me->cell[i], &limits->cell_signal);
    }
    for (i = 0; i < limits->probe_count; i++) {
        if (is_usable(&me->probe[i], &limits->probe_signal) && (probes < limits->probe_count)) {
            probes++;
        }
    }
    if (limits->has_isolation_monitor) {
        ready = ready && me->isolation.is_seen && (!me->fault[AIBMS_FAULT_ISOLATION_LOST].is_active);
    }
    return ready && (probes >= limits->probes_needed);
}

static void rest(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input, uint32_t reaction)
{
    aibms_machine *machine = &me->machine;
    bool is_allowed = (reaction < AIBMS_REACTION_ZERO_BOTH) && is_ready(limits, me);
    machine->open_for_ms = add_ms(machine->open_for_ms, me->clock.rest_step_ms);
    if (!input->is_close_requested) {
        machine->is_rearmed = true;
    } else if (reaction >= AIBMS_REACTION_OPEN) {
        /* Closing asked for while it is not allowed must be asked for again: nothing closes by surprise when a cause goes away. */
        machine->is_rearmed = false;
    } else {
        /* Closing is asked for and may come. */
    }
    if (machine->is_rearmed && is_allowed && input->is_close_requested && (machine->open_for_ms >= limits->contactors.reclose_wait_ms)) {
        machine->tries = 0;
        machine->has_tripped = false;
        aibms_guard_enter(me, PHASE_SELF_CHECK);
    }
}

static void run(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    aibms_machine *machine = &me->machine;
    if (machine->phase == PHASE_RUNNING) {
        if (!input->is_close_requested) {
            aibms_guard_enter(me, PHASE_FADING);
        }
    } else if (input->is_close_requested) {
        aibms_guard_enter(me, PHASE_RUNNING);
    } else {
        bool has_faded = (me->current.quality == AIBMS_GOOD) && (size_of(me->current.value) <= limits->contactors.fade_a);
        if (has_faded || (machine->phase_ms >= limits->contactors.fade_ms)) {
            machine->has_tripped = false;
            aibms_guard_begin_open(limits, me);
        }
    }
}

static void close_step(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input, uint32_t reaction)
{
    if (reaction >= AIBMS_REACTION_ZERO_BOTH) {
        aibms_guard_trip(limits, me);
        aibms_guard_all_open(me);
    } else if (!input->is_close_requested) {
        me->machine.has_tripped = false;
        aibms_guard_all_open(me);
    } else {
        aibms_guard_precharge(limits, me);
    }
}

static void act(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input, uint32_t reaction)
{
    uint32_t phase = me->machine.phase;
    if (phase == PHASE_RESTING) {
        rest(limits, me, input, reaction);
    } else if (reaction == AIBMS_REACTION_OPEN_AT_ONCE) {
        aibms_guard_trip(limits, me);
        aibms_guard_all_open(me);
    } else if ((phase == PHASE_RUNNING) || (phase == PHASE_FADING)) {
        if (reaction >= AIBMS_REACTION_OPEN) {
            aibms_guard_trip(limits, me);
            aibms_guard_begin_open(limits, me);
        } else {
            run(limits, me, input);
        }
    } else if ((phase == PHASE_FUSE_WAIT) || (phase == PHASE_OPENING)) {
        aibms_guard_step_open(limits, me);
    } else {
        close_step(limits, me, input, reaction);
    }
}

static bool is_derated(const aibms_limits *limits, const aibms_safety *me)
{
    bool derated = false;
    uint32_t k;
    for (k = 0U; k < AIBMS_KINDS; k++) {
        bool restricts = aibms_guard_cuts_charge(k) || aibms_guard_cuts_discharge(k);
        derated = derated || (limits->limit[k].is_on && restricts && me->level[k * AIBMS_LEVELS].is_active);
    }
    for (k = AIBMS_KINDS * AIBMS_LEVELS; k < AIBMS_FAULT_COUNT; k++) {
        derated = derated || (is_present(&me->fault[k]) && (aibms_fault_rows[k].reaction != AIBMS_REACTION_NONE));
    }
    return derated;
}

static uint32_t state_now(const aibms_limits *limits, const aibms_safety *me, uint32_t reaction)
{
    const aibms_machine *machine = &me->machine;
    uint32_t state = AIBMS_OFF;
    if (aibms_guard_any_latched(me)) {
        state = AIBMS_LATCHED;
    } else if ((machine->phase == PHASE_RUNNING) || (machine->phase == PHASE_FADING)) {
        state = is_derated(limits, me) ? AIBMS_DERATED : AIBMS_CLOSED;
    } else if ((machine->phase == PHASE_FUSE_WAIT) || (machine->phase == PHASE_OPENING)) {
        state = machine->has_tripped ? AIBMS_OPEN : AIBMS_OFF;
    } else if (machine->phase != PHASE_RESTING) {
        state = AIBMS_PRECHARGE;
    } else {
        bool waits = machine->has_tripped && ((!machine->is_rearmed) || (machine->open_for_ms < limits->contactors.reclose_wait_ms));
        if ((reaction >= AIBMS_REACTION_OPEN) || waits) {
            state = AIBMS_OPEN;
        }
    }
    return state;
}

/* The only place that closes a contactor. */
void aibms_guard_machine(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input)
{
    uint32_t by;
    uint32_t reaction;
    me->machine.phase_ms = add_ms(me->machine.phase_ms, me->clock.step_ms);
    me->machine.phase_rest_ms = add_ms(me->machine.phase_rest_ms, me->clock.rest_step_ms);
    aibms_guard_forget(limits, me);
    reaction = aibms_guard_hardest(me, input->is_charger_connected, &by);
    act(limits, me, input, reaction);
    me->machine.state = state_now(limits, me, reaction);
}
