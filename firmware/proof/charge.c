/* Charge selection for ever: any sound rules, any input whatever. */
#include "any.h"

#include "aibms/charge.h"

static aibms_charge_rules rules;
static aibms_charge charge;
static aibms_charge_input input;

static void any_points(aibms_points *points)
{
    uint32_t k;
    points->count = (uint32_t)Frama_C_interval(1, 8);
    /*@ loop unroll 8; */
    for (k = 0U; k < AIBMS_CHARGE_POINTS; k++) {
        points->at[k] = within(-1000.0F, 1000.0F);
        points->value[k] = within(0.0F, 1.0F);
    }
}

static void any_charge_rules(void)
{
    rules.version = AIBMS_CHARGE_VERSION;
    rules.capacity_ah = within(0.1F, 1e5F);
    rules.rated_a = within(0.0F, 1e5F);
    rules.full_v = within(0.0F, 10.0F);
    rules.margin_v = within(0.0F, 1.0F);
    rules.taper_factor = within(1.0F, 100.0F);
    rules.end_a = within(0.0F, 1e5F);
    rules.end_hold_s = within(0.0F, 1e6F);
    rules.restart_below_soc = within(0.0F, 1.0F);
    rules.rise_a_per_s = within(0.0F, 1e5F);
    rules.settle_s = within(1e-3F, 1e6F);
    rules.unknown_a = within(0.0F, 1e5F);
    rules.pulse_factor = within(1.0F, 100.0F);
    rules.pulse_s = within(1e-3F, 1e6F);
    rules.recover_s = within(1e-3F, 1e6F);
    any_points(&rules.stages);
    any_points(&rules.by_temperature);
    any_points(&rules.by_soc);
}

int main(void)
{
    any_charge_rules();
    aibms_charge_start(&charge);
    while (any_word != 0U) {
        aibms_charge_decision out;
        input.step_s = anything();
        input.current_a = anything();
        input.worst_v = anything();
        input.worst_cell = (int32_t)any_word;
        input.resistance_ohm = anything();
        input.coldest_deg_c = anything();
        input.fullest_soc = anything();
        input.envelope_a = anything();
        input.power_a = anything();
        input.pulse_a = anything();
        input.target_soc = anything();
        input.is_requested = any_truth();
        input.is_connected = any_truth();
        aibms_charge_step(&rules, &charge, &input, &out);
        /*@ assert current_in_range: 0.0f <= out.current_a <= 1e6f; */
        /*@ assert limit_in_range: 0.0f <= out.limit_a <= 1e6f; */
        /*@ assert reason_known: out.reason <= AIBMS_CHARGE_PLATING_HISTORY && out.limit_reason <= AIBMS_CHARGE_PLATING_HISTORY; */
        /*@ assert finite: \is_finite(out.value) && \is_finite(out.threshold) && \is_finite(out.for_s); */
        if (any_word == 1U) {
            aibms_charge_start(&charge);
        }
    }
    return 0;
}
