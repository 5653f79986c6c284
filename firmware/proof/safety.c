/* The protection for ever: any limits that aibms_limits_are_sound takes, any readings whatever. Four cells and three probes of a larger room. */
#include "any.h"

#include "aibms/safety.h"

static aibms_limits limits;
static aibms_safety safety;
static aibms_safety_input input;
static bool bleed[AIBMS_CELLS];

static int32_t any_ms(void)
{
    return Frama_C_interval(0, 500000000);
}

static void any_band(aibms_band *band)
{
    band->min = within(-1e6F, 1e6F);
    band->max = within(-1e6F, 1e6F);
    band->step = within(1e-6F, 1e7F);
    band->rate_per_s = within(0.0F, 1e9F);
    band->stuck_others = within(1e-6F, 1e6F);
    band->confirm_ms = any_ms();
    band->lost_ms = any_ms();
}

static void any_table(aibms_table *table)
{
    uint32_t k;
    table->count = (uint32_t)Frama_C_interval(1, 16);
    /*@ loop unroll 16; */
    for (k = 0U; k < AIBMS_TABLE_POINTS; k++) {
        table->temperature_deg_c[k] = within(-300.0F, 300.0F);
        table->current_a[k] = within(0.0F, 1e6F);
    }
}

static void any_limits(void)
{
    aibms_contactors *rules = &limits.contactors;
    uint32_t k;
    limits.version = AIBMS_SAFETY_VERSION;
    limits.cell_count = Frama_C_interval(1, (int)AIBMS_CELLS);
    limits.probe_count = Frama_C_interval(1, (int)AIBMS_PROBES);
    limits.probes_needed = Frama_C_interval(1, (int)AIBMS_PROBES);
    /*@ loop unroll 14; */
    for (k = 0U; k < AIBMS_KINDS; k++) {
        aibms_limit *limit = &limits.limit[k];
        limit->is_on = any_truth();
        limit->operating = within(-1e9F, 1e9F);
        limit->recommended = within(-1e9F, 1e9F);
        limit->safety = within(-1e9F, 1e9F);
        limit->hysteresis = within(0.0F, 1e9F);
        limit->floor_fraction = within(0.0F, 1.0F);
        limit->warn_ms = any_ms();
        limit->trip_ms = any_ms();
        limit->release_ms = any_ms();
    }
    any_table(&limits.charge_table);
    any_table(&limits.discharge_table);
    any_table(&limits.flow_table);
    any_band(&limits.cell_signal);
    any_band(&limits.probe_signal);
    any_band(&limits.current_signal);
    any_band(&limits.voltage_signal);
    limits.sustained_charge_a = within(1e-3F, 1e6F);
    limits.sustained_discharge_a = within(1e-3F, 1e6F);
    limits.sustained_over_s = within(1e-3F, 1e6F);
    limits.recovery_per_s = within(1e-6F, 1e3F);
    limits.sensor_lost_fraction = within(0.0F, 1.0F);
    limits.sum_tolerance_v = within(0.0F, 1e6F);
    limits.mismatch_ms = any_ms();
    limits.has_redundant_current = any_truth();
    limits.has_isolation_monitor = any_truth();
    limits.has_coolant_sensors = any_truth();
    limits.redundant_tolerance_a = within(0.0F, 1e6F);
    limits.redundant_fraction = within(0.0F, 100.0F);
    limits.rest_a = within(0.0F, 1e6F);
    limits.slow_sensor_lost_ms = any_ms();
    limits.working_v = within(1.0F, 1e6F);
    limits.interlock_ms = any_ms();
    limits.overrun_fraction = within(0.0F, 100.0F);
    limits.overrun_a = within(0.0F, 1e6F);
    limits.overrun_ms = any_ms();
    limits.assumed_step_ms = Frama_C_interval(1, 500000000);
    limits.most_step_ms = Frama_C_interval(1, 500000000);
    limits.clock_lost_ms = any_ms();
    limits.service_key = any_word;
    rules->travel_ms = any_ms();
    rules->self_check_ms = any_ms();
    rules->weld_test_ms = any_ms();
    rules->weld_after_opening_ms = any_ms();
    rules->precharge_timeout_ms = any_ms();
    rules->precharge_confirm_ms = any_ms();
    rules->precharge_tries = any_ms();
    rules->retry_wait_ms = any_ms();
    rules->join_ms = any_ms();
    rules->reclose_wait_ms = any_ms();
    rules->fade_ms = any_ms();
    rules->fuse_wait_ms = any_ms();
    rules->stagger_ms = any_ms();
    rules->most_openings = any_ms();
    rules->opening_forgotten_ms = any_ms();
    rules->weld_rise_fraction = within(0.0F, 1.0F);
    rules->weld_tolerance_v = within(0.0F, 1e6F);
    rules->precharge_end_v = within(0.0F, 1e6F);
    rules->precharge_end_a = within(0.0F, 1e6F);
    rules->precharge_most_a = within(0.0F, 1e6F);
    rules->fade_a = within(0.0F, 1e6F);
    rules->break_a = within(0.0F, 1e6F);
    limits.bleed_settle_ms = any_ms();
    limits.bleed_blind_ms = any_ms();
    limits.bleed_board_deg_c = within(-300.0F, 1000.0F);
    limits.bleed_least_v = within(0.0F, 100.0F);
    limits.deep_v = within(0.0F, 100.0F);
    limits.deep_recovered_v = within(0.0F, 100.0F);
    limits.deep_recovery_a = within(0.0F, 1e6F);
    limits.deep_recovery_ms = any_ms();
    limits.deep_debounce_ms = any_ms();
    limits.runaway.drop_v = within(1e-3F, 100.0F);
    limits.runaway.drop_memory_s = within(1e-3F, 1e6F);
    limits.runaway.rate_k_per_s = within(1e-3F, 1e3F);
    limits.runaway.rate_smoothing_s = within(1e-3F, 1e6F);
    limits.runaway.gas_ppm = within(1e-3F, 1e9F);
    limits.runaway.pressure_kpa = within(1e-3F, 1e6F);
    limits.runaway.debounce_ms = any_ms();
    limits.runaway.hold_ms = any_ms();
}

static void any_input(void)
{
    uint32_t k;
    input.time_ms = ((int64_t)(int32_t)any_word * 4294967296) + (int64_t)any_word;
    for (k = 0U; k < AIBMS_CELLS; k++) {
        input.cell_v[k] = anything();
        input.bleed_on[k] = any_truth();
        bleed[k] = any_truth();
    }
    for (k = 0U; k < AIBMS_PROBES; k++) {
        input.probe_deg_c[k] = anything();
    }
    input.current_a = anything();
    input.redundant_a = anything();
    input.pack_v = anything();
    input.link_v = anything();
    input.isolation_ohm = anything();
    input.coolant_level = anything();
    input.coolant_l_per_min = anything();
    input.coolant_deg_c = anything();
    input.gas_ppm = anything();
    input.pressure_kpa = anything();
    input.board_deg_c = anything();
    input.plus_aux = any_word;
    input.minus_aux = any_word;
    input.precharge_aux = any_word;
    input.is_pump_on = any_truth();
    input.is_interlock_closed = any_truth();
    input.has_crashed = any_truth();
    input.is_charger_connected = any_truth();
    input.is_close_requested = any_truth();
    input.service = any_word;
    input.service_answer = any_word;
}

int main(void)
{
    any_limits();
    aibms_safety_start(&limits, &safety);
    while (any_word != 0U) {
        aibms_safe_command out;
        any_input();
        aibms_safety_observe(&limits, &safety, &input);
        aibms_safety_restrict(&limits, &safety, anything(), anything(), anything(), bleed, &out);
        /*@ assert charge_in_range: 0.0f <= safety.envelope.charge_a <= 1e6f; */
        /*@ assert discharge_in_range: 0.0f <= safety.envelope.discharge_a <= 1e6f; */
        /*@ assert limits_in_range: 0.0f <= out.charge_limit_a <= 1e6f && 0.0f <= out.discharge_limit_a <= 1e6f; */
        /*@ assert current_in_range: -1e6f <= out.current_a <= 1e6f; */
        /*@ assert state_known: safety.machine.state <= AIBMS_LATCHED; */
        if (any_word == 1U) {
            aibms_safety_start(&limits, &safety);
        }
    }
    return 0;
}
