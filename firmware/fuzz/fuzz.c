/* libFuzzer's entry: bytes become readings of every part, any bits whatever, and parameters that the range checks may or may not take.
   Build with clang -fsanitize=fuzzer,address,undefined,float-cast-overflow and the exported tables of a pack and a network. */
#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "aibms/features.h"
#include "aibms/health.h"
#include "aibms/math.h"
#include "aibms/power.h"
#include "aibms/safety.h"
#include "aibms_cell_exported.h"
#include "aibms_limits_exported.h"
#include "aibms_net_exported.h"
#include "aibms_pack_exported.h"

typedef struct {
    const uint8_t *at;
    size_t left;
} source;

static aibms_cell own_cell;
static aibms_limits own_limits;
static aibms_pack_rules own_rules;
static aibms_charge_rules own_charging;
static aibms_thermal_rules own_heat;
static aibms_pack pack;
static aibms_imbalance imbalance;
static aibms_balance balance;
static aibms_charge charge;
static aibms_health health;
static aibms_thermal thermal;
static aibms_safety safety;
static aibms_safety_input input;
static float state[AIBMS_NET_EXPORTED_STATE + 1U];
static aibms_net_soc net_soc;
static float net_state[AIBMS_NET_EXPORTED_STATE + 1U];
static float features[AIBMS_NET_WIDEST];
static float outputs[AIBMS_NET_WIDEST];
static bool bleed[AIBMS_CELLS];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is promised must hold, whatever came in. */
static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static uint32_t word(source *from)
{
    uint32_t value = 0U;
    size_t count = (from->left < sizeof value) ? from->left : sizeof value;
    memcpy(&value, from->at, count);
    from->at += count;
    from->left -= count;
    return value;
}

static uint32_t byte(source *from)
{
    uint32_t value = 0U;
    if (from->left > 0U) {
        value = *from->at;
        from->at++;
        from->left--;
    }
    return value;
}

/* A plausible number around a middle, any bits whatever, or what is no number: among any bits that would hardly be met. */
static float reading(source *from, float middle, float reach)
{
    static const float none[4] = {NAN, INFINITY, -INFINITY, FLT_MAX};
    uint32_t kind = byte(from);
    float value = middle + (reach * (((float)kind - 120.0F) / 120.0F));
    if (kind >= 252U) {
        value = none[kind & 3U];
    } else if (kind >= 248U) {
        uint32_t bits = word(from);
        memcpy(&value, &bits, sizeof value);
    } else {
        /* The plausible one. */
    }
    return value;
}

/* Overwrites words of a structure; only what the checks take is used, under a checksum that fits. Counts stand first and are small, and what is in range is
   a number like the one before: without a preference for both they would hardly be met among all bits. */
static void damage(source *from, void *bytes, uint32_t size)
{
    uint32_t count = byte(from) & 7U;
    while (count > 0U) {
        uint32_t kind = byte(from);
        uint32_t words = (((kind & 1U) != 0U) && (size > 96U)) ? 24U : (size / 4U);
        uint8_t *place = (uint8_t *)bytes + ((size_t)(word(from) % words) * 4U);
        uint32_t value = ((kind & 2U) != 0U) ? byte(from) : word(from);
        if ((kind & 4U) != 0U) {
            float like;
            memcpy(&like, place, sizeof like);
            like *= (float)(value & 255U) * 0.0625F;
            memcpy(place, &like, sizeof like);
        } else {
            memcpy(place, &value, sizeof value);
        }
        count--;
    }
}

static const aibms_cell *any_cell(source *from)
{
    aibms_block block = {AIBMS_BLOCK_MAGIC, AIBMS_BLOCK_CELL, AIBMS_CELL_VERSION, (uint32_t)sizeof own_cell, 1U, 0U};
    own_cell = aibms_cell_exported;
    if ((byte(from) & 1U) != 0U) {
        /* What says where in a table a temperature stands: it takes all three to come to its end. */
        own_cell.temperature_count = byte(from) & 31U;
        own_cell.first_temperature_deg_c = reading(from, 0.0F, 60.0F);
        own_cell.temperature_per_k = reading(from, 1.0F, 1.0F);
    }
    damage(from, &own_cell, (uint32_t)sizeof own_cell);
    block.crc = aibms_crc32((const uint8_t *)&own_cell, (uint32_t)sizeof own_cell) ^ ((byte(from) == 255U) ? 1U : 0U);
    return aibms_cell_choose(&aibms_cell_exported, &block, &own_cell);
}

static const aibms_limits *any_limits(source *from)
{
    aibms_block block = {AIBMS_BLOCK_MAGIC, AIBMS_BLOCK_LIMITS, AIBMS_SAFETY_VERSION, (uint32_t)sizeof own_limits, 1U, 0U};
    uint32_t numbers = (uint32_t)offsetof(aibms_limits, has_redundant_current); /* a bool of other bits than 0 and 1 is no bool */
    own_limits = aibms_limits_exported;
    if ((byte(from) & 1U) != 0U) {
        damage(from, &own_limits.charge_table, numbers - (uint32_t)offsetof(aibms_limits, charge_table));
        damage(from, &own_limits.redundant_tolerance_a, (uint32_t)(sizeof own_limits - offsetof(aibms_limits, redundant_tolerance_a)));
    }
    block.crc = aibms_crc32((const uint8_t *)&own_limits, (uint32_t)sizeof own_limits);
    return aibms_limits_choose(&aibms_limits_exported, &block, &own_limits);
}

static const aibms_pack_rules *any_rules(source *from)
{
    aibms_block block = {AIBMS_BLOCK_MAGIC, AIBMS_BLOCK_PACK, AIBMS_PACK_VERSION, (uint32_t)sizeof own_rules, 1U, 0U};
    own_rules = aibms_pack_exported;
    damage(from, &own_rules, (uint32_t)sizeof own_rules);
    block.crc = aibms_crc32((const uint8_t *)&own_rules, (uint32_t)sizeof own_rules);
    return aibms_pack_choose(&aibms_pack_exported, &block, &own_rules);
}

static const aibms_charge_rules *any_charging(source *from)
{
    aibms_block block = {AIBMS_BLOCK_MAGIC, AIBMS_BLOCK_CHARGE, AIBMS_CHARGE_VERSION, (uint32_t)sizeof own_charging, 1U, 0U};
    own_charging = aibms_charge_exported;
    damage(from, &own_charging, (uint32_t)sizeof own_charging);
    block.crc = aibms_crc32((const uint8_t *)&own_charging, (uint32_t)sizeof own_charging);
    return aibms_charge_choose(&aibms_charge_exported, &block, &own_charging);
}

static const aibms_thermal_rules *any_heat(source *from)
{
    aibms_block block = {AIBMS_BLOCK_MAGIC, AIBMS_BLOCK_THERMAL, AIBMS_THERMAL_VERSION, (uint32_t)sizeof own_heat, 1U, 0U};
    own_heat = aibms_thermal_exported;
    damage(from, &own_heat, (uint32_t)sizeof own_heat);
    block.crc = aibms_crc32((const uint8_t *)&own_heat, (uint32_t)sizeof own_heat);
    return aibms_thermal_choose(&aibms_thermal_exported, &block, &own_heat);
}

static void step_safety(source *from, const aibms_limits *limits)
{
    aibms_safe_command out;
    uint32_t flags = byte(from);
    uint32_t k;
    input.time_ms += (flags == 255U) ? (int64_t)(int32_t)word(from) * 65536 : (int64_t)(byte(from) & 63U);
    for (k = 0U; k < AIBMS_CELLS; k++) {
        input.cell_v[k] = reading(from, 3.6F, 1.5F);
        input.bleed_on[k] = ((flags >> (k & 7U)) & 1U) != 0U;
    }
    for (k = 0U; k < AIBMS_PROBES; k++) {
        input.probe_deg_c[k] = reading(from, 25.0F, 60.0F);
    }
    input.current_a = reading(from, 0.0F, 500.0F);
    input.redundant_a = reading(from, 0.0F, 500.0F);
    input.pack_v = reading(from, 40.0F, 30.0F);
    input.link_v = reading(from, 40.0F, 40.0F);
    input.isolation_ohm = reading(from, 1e6F, 2e6F);
    input.coolant_level = reading(from, 0.5F, 0.6F);
    input.coolant_l_per_min = reading(from, 5.0F, 6.0F);
    input.coolant_deg_c = reading(from, 20.0F, 40.0F);
    input.gas_ppm = reading(from, 300.0F, 400.0F);
    input.pressure_kpa = reading(from, 100.0F, 20.0F);
    input.board_deg_c = reading(from, 50.0F, 60.0F);
    input.plus_aux = word(from) % 4U;
    input.minus_aux = byte(from) % 4U;
    input.precharge_aux = byte(from) % 4U;
    flags = byte(from);
    input.is_pump_on = (flags & 1U) != 0U;
    input.is_interlock_closed = (flags & 2U) != 0U;
    input.has_crashed = flags == 255U;
    input.is_charger_connected = (flags & 4U) != 0U;
    input.is_close_requested = (flags & 8U) != 0U;
    input.service = byte(from) % 4U;
    input.service_answer = aibms_service_answer(safety.challenge, limits->service_key, input.service);
    aibms_safety_observe(limits, &safety, &input);
    aibms_safety_restrict(limits, &safety, reading(from, 100.0F, 200.0F), reading(from, 100.0F, 200.0F), reading(from, 0.0F, 300.0F), bleed, &out);
    must(safety.machine.state <= AIBMS_LATCHED);
    must(aibms_is_between(out.charge_limit_a, 0.0F, 1e6F) && aibms_is_between(out.discharge_limit_a, 0.0F, 1e6F));
    must((out.current_a <= out.charge_limit_a) && (out.current_a >= -out.discharge_limit_a));
}

static void step_pack(source *from, const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_charge_rules *charging, const aibms_thermal_rules *heat)
{
    aibms_charge_input wishes;
    aibms_charge_decision decision;
    aibms_thermal_ahead ahead;
    aibms_power power;
    aibms_cell_answer one;
    float step_s = reading(from, 1.0F, 10.0F);
    float current_a = reading(from, 0.0F, 200.0F);
    float case_deg_c = reading(from, 25.0F, 125.0F); /* to both ends of what is a temperature, where tables end */
    aibms_pack_step(cell, rules, &pack, step_s, current_a, input.cell_v, input.bleed_on, case_deg_c);
    aibms_pack_cell(cell, &pack, byte(from) % AIBMS_CELLS, &one);
    must(aibms_is_between(one.soc, 0.0F, 1.0F) && aibms_is_between(one.deviation, 0.0F, 2.0F) && (one.capacity_ah > 0.0F));
    if ((byte(from) & 15U) == 0U) {
        aibms_soc_learn_capacity(cell, &pack.mean, reading(from, cell->capacity_ah, cell->capacity_ah));
    }
    (void)aibms_health_teach(cell, rules, &health, &pack);
    aibms_health_step(cell, rules, &health, &pack, step_s, current_a, input.cell_v, input.bleed_on);
    must(aibms_is_between(health.cell[0].capacity_ah, 0.0F, 2001.0F) && aibms_is_between(health.cell[0].resistance, 0.01F, 100.0F));
    aibms_thermal_step(heat, &thermal, step_s, aibms_thermal_heat(cell, &pack.mean), case_deg_c);
    if (aibms_thermal_forecast(heat, &thermal, reading(from, 5.0F, 10.0F), reading(from, 600.0F, 1000.0F), &ahead)) {
        must(aibms_is_between(ahead.core_deg_c, -100.0F, 400.0F) && aibms_is_between(ahead.core_deviation_k, 0.0F, 1e9F));
    }
    aibms_imbalance_set(cell, rules, &pack, &imbalance);
    must(aibms_is_between(imbalance.soc, 0.0F, 1.0F));
    aibms_balance_step(rules, &balance, &imbalance, step_s, input.cell_v, input.bleed_on, reading(from, 40.0F, 60.0F), bleed);
    aibms_power_set(cell, rules, &pack, &imbalance, (byte(from) & 1U) != 0U, reading(from, 300.0F, 400.0F), &power);
    must(aibms_is_between(power.current_a, 0.0F, 1e5F) && aibms_is_between(power.power_w, 0.0F, 1e12F));
    wishes.step_s = step_s;
    wishes.current_a = current_a;
    wishes.worst_v = reading(from, 4.0F, 0.4F);
    wishes.worst_cell = 0;
    wishes.resistance_ohm = reading(from, 0.002F, 0.003F);
    wishes.coldest_deg_c = case_deg_c;
    wishes.fullest_soc = imbalance.soc;
    wishes.envelope_a = safety.envelope.charge_a;
    wishes.power_a = power.current_a;
    wishes.pulse_a = reading(from, 100.0F, 100.0F);
    wishes.target_soc = reading(from, 0.9F, 0.2F);
    wishes.is_requested = (byte(from) & 1U) != 0U;
    wishes.is_connected = true;
    aibms_charge_step(charging, &charge, &wishes, &decision);
    must(aibms_is_between(decision.current_a, 0.0F, 1e6F) && aibms_is_between(decision.limit_a, 0.0F, 1e6F));
}

static void step_net(source *from, const aibms_cell *cell)
{
    aibms_net_answer answer;
    float twin_state[AIBMS_NET_EXPORTED_STATE + 1U];
    float means[AIBMS_NET_WIDEST];
    float twin[AIBMS_NET_WIDEST];
    bool is_number = true;
    bool is_seen;
    uint32_t k;
    for (k = 0U; k < aibms_net_exported.input_count; k++) {
        features[k] = reading(from, aibms_net_exported.inputs[k].mean, 4.0F * aibms_net_exported.inputs[k].scale);
        means[k] = features[k];
        if (features[k] != features[k]) {
            means[k] = aibms_net_exported.inputs[k].mean;
            is_number = false;
        }
    }
    memcpy(twin_state, state, sizeof state);
    is_seen = aibms_net_predict(&aibms_net_exported, state, features, outputs);
    must(aibms_is_between(outputs[0], -1e6F, 1e6F));
    must(is_number || !is_seen);
    (void)aibms_net_predict(&aibms_net_exported, twin_state, means, twin);
    must(memcmp(outputs, twin, sizeof *twin * aibms_net_exported.output_count) == 0); /* what is no number counts as its mean */
    aibms_net_soc_step(cell, &aibms_net_exported, &net_soc, net_state, reading(from, 1.0F, 2.0F), reading(from, 0.0F, 10.0F), reading(from, 3.6F, 1.0F), reading(from, 20.0F, 50.0F), &answer);
    must(aibms_is_between(answer.soc, 0.0F, 1.0F) && aibms_is_between(answer.deviation, 0.0F, 0.3F));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    source from = {data, size};
    const aibms_cell *cell = any_cell(&from);
    const aibms_limits *limits = any_limits(&from);
    const aibms_pack_rules *rules = any_rules(&from);
    const aibms_charge_rules *charging = any_charging(&from);
    const aibms_thermal_rules *heat = any_heat(&from);
    aibms_safety_start(limits, &safety);
    aibms_pack_start(&pack, reading(&from, 0.5F, 0.7F), reading(&from, 0.0F, 0.2F));
    aibms_balance_start(&balance);
    aibms_charge_start(&charge);
    aibms_health_start(cell, &health);
    aibms_thermal_start(&thermal);
    aibms_net_start(&aibms_net_exported, state);
    aibms_net_soc_start(&aibms_net_exported, &net_soc, net_state);
    while (from.left > 0U) {
        step_safety(&from, limits);
        step_pack(&from, cell, rules, charging, heat);
        step_net(&from, cell);
    }
    return 0;
}
