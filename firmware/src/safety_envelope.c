#include "safety_internal.h"

#include "aibms/math.h"

/* What the straight line leaves at least: only the debounced level stops a current, so that noise at the edge cannot toggle it. */
#define SLIVER 0.02F

/* Levels nearer to each other than this have no line between them, in any unit. */
#define LEAST_WIDTH 1e-6F

static aibms_binding bind(const aibms_safety *me, uint32_t name, float value, float threshold, int32_t where)
{
    aibms_binding binding;
    binding.name = name;
    binding.value = value;
    binding.threshold = threshold;
    binding.where = where;
    binding.since_ms = me->clock.last_ms;
    binding.fault = AIBMS_FAULT_COUNT;
    return binding;
}

/* Name of what binds for each quantity; the two currents never bind. */
static uint32_t name_of(uint32_t kind)
{
    uint32_t name = kind;
    if (kind < AIBMS_CHARGE_CURRENT_HIGH) {
        name = kind + 2U;
    }
    return name;
}

/* 1 up to Operating, a straight line down towards the floor at Recommended, and the floor for as long as that level lasts. */
static float fraction_of(const aibms_limit *limit, const aibms_safety *me, uint32_t kind, float *threshold)
{
    float value = me->kind_value[kind];
    float fraction = 1.0F;
    *threshold = limit->operating;
    if (me->level[(kind * AIBMS_LEVELS) + 1U].is_active || me->level[(kind * AIBMS_LEVELS) + 2U].is_active) {
        *threshold = limit->recommended;
        fraction = limit->floor_fraction;
    } else if (is_known(value)) {
        float past = aibms_guard_is_low(kind) ? (limit->operating - value) : (value - limit->operating);
        float width = size_of(limit->recommended - limit->operating);
        if (past > 0.0F) {
            fraction = limit->floor_fraction;
            if ((past < width) && (width > LEAST_WIDTH)) {
                fraction = 1.0F - (((1.0F - limit->floor_fraction) * past) / width);
            }
            if (!(fraction > SLIVER)) {
                fraction = SLIVER;
            }
        }
    } else {
        /* Without a believed value there is nothing to derate by; the lost sensor has its own limits. */
    }
    return fraction;
}

/* The table while the mean square has room, the lasting current when it has none, a straight line over the last quarter. */
static float sustained(float table_a, float sustained_a, float load_a2)
{
    float allowed_a = table_a;
    if (sustained_a < table_a) {
        float full_a2 = sustained_a * sustained_a;
        float room = aibms_clamp((full_a2 - load_a2) / aibms_clamp(0.25F * full_a2, 1e-8F, LARGEST_FLOAT), 0.0F, 1.0F);
        allowed_a = sustained_a + ((table_a - sustained_a) * room);
    }
    return allowed_a;
}

/* The limits that do not depend on a distance to a threshold. */
static void bind_hard(const aibms_limits *limits, const aibms_safety *me, bool is_charger_connected, bool is_charge, float table_a, aibms_binding *binding, float *allowed_a)
{
    const aibms_fault *lost = &me->fault[AIBMS_FAULT_COOLANT_SENSOR_LOST];
    float lost_a = limits->sensor_lost_fraction * table_a;
    float deep_a = 0.0F;
    uint32_t by;
    uint32_t reaction = aibms_guard_hardest(me, is_charger_connected, &by);
    if (me->fault[AIBMS_FAULT_PROBE_LOST].is_active) {
        lost = &me->fault[AIBMS_FAULT_PROBE_LOST];
    }
    if (lost->is_active && (lost_a < *allowed_a)) {
        *allowed_a = lost_a;
        *binding = bind(me, AIBMS_BY_SENSOR_LOST, lost->value, lost->threshold, lost->where);
    }
    if (me->deep.stage == DEEP_QUALIFIED) {
        deep_a = limits->deep_recovery_a;
    }
    if (is_charge && (me->deep.stage != DEEP_NONE) && (deep_a < *allowed_a)) {
        *allowed_a = deep_a;
        *binding = bind(me, AIBMS_BY_DEEP_DISCHARGE, me->deep.lowest_v, limits->deep_v, me->deep.where);
    }
    if (((reaction >= AIBMS_REACTION_ZERO_BOTH) || (is_charge && (reaction >= AIBMS_REACTION_ZERO_CHARGE))) && (*allowed_a > 0.0F)) {
        *allowed_a = 0.0F;
        if (by < AIBMS_FAULT_COUNT) {
            *binding = bind(me, AIBMS_BY_FAULT, me->fault[by].value, me->fault[by].threshold, me->fault[by].where);
            binding->fault = by;
        }
    }
    if ((me->machine.phase != PHASE_RUNNING) && (*allowed_a > 0.0F)) {
        *allowed_a = 0.0F;
        *binding = bind(me, AIBMS_BY_NOT_CLOSED, 0.0F, 0.0F, -1);
    }
}

static aibms_binding least(const aibms_limits *limits, const aibms_safety *me, bool is_charger_connected, bool is_charge, float *allowed_a)
{
    float coldest_deg_c = me->kind_value[AIBMS_CHARGE_TEMPERATURE_LOW];
    float table_a = aibms_guard_table_at(is_charge ? &limits->charge_table : &limits->discharge_table, coldest_deg_c);
    float sustained_a = is_charge ? limits->sustained_charge_a : limits->sustained_discharge_a;
    float load_a2 = is_charge ? me->envelope.charge_load_a2 : me->envelope.discharge_load_a2;
    float lasting_a = sustained(table_a, sustained_a, load_a2);
    aibms_binding binding = bind(me, AIBMS_BY_TABLE, coldest_deg_c, table_a, me->kind_where[AIBMS_CHARGE_TEMPERATURE_LOW]);
    uint32_t kind;
    *allowed_a = table_a;
    if (lasting_a < table_a) {
        *allowed_a = lasting_a;
        binding = bind(me, AIBMS_BY_SUSTAINED, aibms_root(load_a2), sustained_a, -1);
    }
    for (kind = 0U; kind < AIBMS_KINDS; kind++) {
        bool cuts = is_charge ? aibms_guard_cuts_charge(kind) : aibms_guard_cuts_discharge(kind);
        if (cuts && limits->limit[kind].is_on) {
            float threshold;
            float limit_a = table_a * fraction_of(&limits->limit[kind], me, kind, &threshold);
            if (limit_a < *allowed_a) {
                *allowed_a = limit_a;
                binding = bind(me, name_of(kind), me->kind_value[kind], threshold, me->kind_where[kind]);
            }
        }
    }
    bind_hard(limits, me, is_charger_connected, is_charge, table_a, &binding, allowed_a);
    return binding;
}

/* Down at once, up by at most the given step. */
static float follow(float now_a, float target_a, float up_a)
{
    float allowed_a = target_a;
    if (!(target_a >= 0.0F)) {
        allowed_a = 0.0F;
    } else if ((target_a > now_a) && ((now_a + up_a) < target_a)) {
        allowed_a = now_a + up_a;
    } else {
        /* What is asked for is reached. */
    }
    return aibms_clamp(allowed_a, 0.0F, 1e6F);
}

/* The time since which a limit binds survives while the same limit keeps binding. */
static void keep(aibms_binding *before, const aibms_binding *now)
{
    bool is_same = (before->name == now->name) && (before->fault == now->fault);
    int64_t since_ms = is_same ? before->since_ms : now->since_ms;
    *before = *now;
    before->since_ms = since_ms;
}

/* The allowed currents: the least of the named limits, falling at once and coming back slowly. */
void aibms_guard_envelope(const aibms_limits *limits, aibms_safety *me, bool is_charger_connected)
{
    aibms_envelope *state = &me->envelope;
    float current_a = me->current.value;
    float step_s = 0.001F * (float)me->clock.step_ms;
    float share = step_s / (limits->sustained_over_s + step_s);
    float charge_a = (current_a > 0.0F) ? current_a : 0.0F;
    float discharge_a = (current_a < 0.0F) ? current_a : 0.0F;
    float rest_s = 0.001F * (float)me->clock.rest_step_ms;
    float coldest_deg_c = me->kind_value[AIBMS_CHARGE_TEMPERATURE_LOW];
    aibms_binding charge;
    aibms_binding discharge;
    state->charge_load_a2 = aibms_clamp(state->charge_load_a2 + (((charge_a * charge_a) - state->charge_load_a2) * share), 0.0F, 1e12F);
    state->discharge_load_a2 = aibms_clamp(state->discharge_load_a2 + (((discharge_a * discharge_a) - state->discharge_load_a2) * share), 0.0F, 1e12F);
    charge = least(limits, me, is_charger_connected, true, &charge_a);
    discharge = least(limits, me, is_charger_connected, false, &discharge_a);
    state->charge_a = follow(state->charge_a, charge_a, (aibms_guard_table_at(&limits->charge_table, coldest_deg_c) * limits->recovery_per_s) * rest_s);
    state->discharge_a = follow(state->discharge_a, discharge_a, (aibms_guard_table_at(&limits->discharge_table, coldest_deg_c) * limits->recovery_per_s) * rest_s);
    keep(&state->charge_binding, &charge);
    keep(&state->discharge_binding, &discharge);
}

/* Opens the contactors where a charger or load keeps taking more than the envelope of the step before allowed. */
void aibms_guard_overrun(const aibms_limits *limits, aibms_safety *me)
{
    float size_a = size_of(me->current.value);
    float allowed_a = (me->current.value > 0.0F) ? me->envelope.charge_a : me->envelope.discharge_a;
    float over_a = size_a - ((allowed_a * (1.0F + limits->overrun_fraction)) + limits->overrun_a);
    bool is_closed = (me->machine.phase == PHASE_RUNNING) || (me->machine.phase == PHASE_FADING);
    bool overruns = is_closed && (me->current.quality == AIBMS_GOOD) && (over_a > 0.0F);
    aibms_guard_set_after(me, AIBMS_FAULT_CURRENT_BEYOND_ENVELOPE, overruns, limits->overrun_ms, size_a, allowed_a, -1);
}

static float cut(float asked_a, float allowed_a)
{
    float left_a = asked_a;
    if (left_a != left_a) {
        left_a = 0.0F;
    }
    if (left_a < 0.0F) {
        left_a = 0.0F;
    }
    if (!(left_a < allowed_a)) {
        left_a = allowed_a;
    }
    return left_a;
}

/* Cuts a command down to what is allowed now. Never gives more than was proposed. */
void aibms_safety_restrict(const aibms_limits *limits, const aibms_safety *me, float charge_limit_a, float discharge_limit_a, float current_a, bool bleed[AIBMS_CELLS], aibms_safe_command *out)
{
    bool is_off = me->is_bleed_paused || me->fault[AIBMS_FAULT_BLEED_BOARD_HOT].is_active || aibms_guard_any_latched(me);
    float asked_a = current_a;
    int32_t i;
    for (i = 0; i < limits->cell_count; i++) {
        bool may = is_usable(&me->cell[i], &limits->cell_signal) && (me->cell[i].value > limits->bleed_least_v) && (!is_off);
        bleed[i] = bleed[i] && may;
    }
    out->command = me->machine.command;
    out->charge_limit_a = cut(charge_limit_a, me->envelope.charge_a);
    out->discharge_limit_a = cut(discharge_limit_a, me->envelope.discharge_a);
    out->charge_binding = me->envelope.charge_binding;
    out->discharge_binding = me->envelope.discharge_binding;
    if (out->charge_limit_a < me->envelope.charge_a) {
        out->charge_binding = bind(me, AIBMS_BY_COMMAND, charge_limit_a, out->charge_limit_a, -1);
    }
    if (out->discharge_limit_a < me->envelope.discharge_a) {
        out->discharge_binding = bind(me, AIBMS_BY_COMMAND, discharge_limit_a, out->discharge_limit_a, -1);
    }
    if (asked_a != asked_a) {
        asked_a = 0.0F;
    }
    if (asked_a < (-out->discharge_limit_a)) {
        asked_a = -out->discharge_limit_a;
    }
    if (asked_a > out->charge_limit_a) {
        asked_a = out->charge_limit_a;
    }
    out->current_a = asked_a;
}
