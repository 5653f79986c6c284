/* Runs a file of safety inputs through the protection of the exported pack and prints how many there were and a hash of all that it
   decided. A row: words of the time (low, high), cell voltages, probes, eleven readings, flags, auxiliary contacts, service, its answer
   (0: the right one), bleeding cells in words of 32, and what control would like (three readings). */
#include <stdio.h>

#include "aibms_limits_exported.h"
#include "hash.h"

#define READINGS 11U
#define WORDS_MOST (2U + AIBMS_CELLS + AIBMS_PROBES + READINGS + 4U + ((AIBMS_CELLS + 31U) / 32U) + 3U)

static aibms_safety safety;
static aibms_safety_input input;
static uint32_t row[WORDS_MOST];
static bool bleed[AIBMS_CELLS];

static float number(uint32_t word)
{
    float value;
    memcpy(&value, &word, sizeof value);
    return value;
}

static void read_row(const aibms_limits *limits)
{
    const uint32_t cells = (uint32_t)limits->cell_count;
    const uint32_t probes = (uint32_t)limits->probe_count;
    const uint32_t *at = &row[2];
    float *const readings[READINGS] = {&input.current_a, &input.redundant_a, &input.pack_v, &input.link_v, &input.isolation_ohm, &input.coolant_level,
        &input.coolant_l_per_min, &input.gas_ppm, &input.pressure_kpa, &input.board_deg_c, &input.coolant_deg_c};
    uint32_t k;
    input.time_ms = (int64_t)(((uint64_t)row[1] << 32U) | (uint64_t)row[0]);
    for (k = 0U; k < cells; k++) {
        input.cell_v[k] = number(*at++);
    }
    for (k = 0U; k < probes; k++) {
        input.probe_deg_c[k] = number(*at++);
    }
    for (k = 0U; k < READINGS; k++) {
        if (readings[k] != NULL) {
            *readings[k] = number(*at);
        }
        at++;
    }
    input.is_pump_on = (at[0] & 1U) != 0U;
    input.is_interlock_closed = (at[0] & 2U) != 0U;
    input.has_crashed = (at[0] & 4U) != 0U;
    input.is_charger_connected = (at[0] & 8U) != 0U;
    input.is_close_requested = (at[0] & 16U) != 0U;
    input.plus_aux = at[1] & 3U;
    input.minus_aux = (at[1] >> 2U) & 3U;
    input.precharge_aux = (at[1] >> 4U) & 3U;
    input.service = at[2];
    input.service_answer = (at[3] != 0U) ? at[3] : aibms_service_answer(safety.challenge, limits->service_key, at[2]);
    at = &at[4];
    for (k = 0U; k < cells; k++) {
        input.bleed_on[k] = ((at[k / 32U] >> (k % 32U)) & 1U) != 0U;
        bleed[k] = input.bleed_on[k];
    }
}

static uint64_t hash_binding(uint64_t hash, const aibms_binding *binding)
{
    hash = hash_word(hash, binding->name);
    hash = hash_float(hash, binding->value);
    hash = hash_float(hash, binding->threshold);
    hash = hash_word(hash, (uint32_t)binding->where);
    hash = hash_word(hash, (uint32_t)((uint64_t)binding->since_ms & 0xFFFFFFFFU));
    return hash_word(hash, (binding->fault == AIBMS_FAULT_COUNT) ? 255U : binding->fault);
}

static uint64_t hash_step(uint64_t hash, const aibms_limits *limits, const float *likes)
{
    aibms_safe_command out;
    uint32_t k;
    aibms_safety_observe(limits, &safety, &input);
    aibms_safety_restrict(limits, &safety, likes[0], likes[1], likes[2], bleed, &out);
    hash = hash_word(hash, safety.machine.state);
    hash = hash_word(hash, (out.command.plus ? 1U : 0U) | (out.command.minus ? 2U : 0U) | (out.command.precharge ? 4U : 0U));
    hash = hash_float(hash, safety.envelope.charge_a);
    hash = hash_float(hash, safety.envelope.discharge_a);
    hash = hash_float(hash, out.charge_limit_a);
    hash = hash_float(hash, out.discharge_limit_a);
    hash = hash_float(hash, out.current_a);
    hash = hash_binding(hash, &out.charge_binding);
    hash = hash_binding(hash, &out.discharge_binding);
    hash = hash_word(hash, (safety.runaway.is_active ? 1U : 0U) | (safety.is_bleed_paused ? 2U : 0U));
    hash = hash_word(hash, safety.runaway.remembered);
    hash = hash_word(hash, safety.challenge);
    for (k = 0U; k < AIBMS_FAULT_COUNT; k++) {
        const aibms_fault *fault = &safety.fault[k];
        if (fault->is_active || fault->is_latched) {
            hash = hash_word(hash, (fault->is_active ? 1U : 0U) | (fault->is_latched ? 2U : 0U));
            hash = hash_float(hash, fault->value);
            hash = hash_float(hash, fault->threshold);
            hash = hash_word(hash, (uint32_t)fault->where);
            hash = hash_word(hash, (uint32_t)fault->count);
        }
    }
    for (k = 0U; k < (uint32_t)limits->cell_count; k++) {
        hash = hash_word(hash, safety.cell[k].quality | (bleed[k] ? 16U : 0U));
    }
    return hash;
}

int main(int argc, char **argv)
{
    const aibms_limits *limits = &aibms_limits_exported;
    const uint32_t words = 2U + (uint32_t)limits->cell_count + (uint32_t)limits->probe_count + READINGS + 4U + (((uint32_t)limits->cell_count + 31U) / 32U) + 3U;
    uint64_t hash = HASH_START;
    unsigned long count = 0U;
    FILE *file = (argc > 1) ? fopen(argv[1], "rb") : NULL;
    if ((file == NULL) || (words > WORDS_MOST)) {
        printf("usage: guard FILE\n");
        return 2;
    }
    aibms_safety_start(limits, &safety);
    while (fread(row, 4U, words, file) == words) {
        const float likes[3] = {number(row[words - 3U]), number(row[words - 2U]), number(row[words - 1U])};
        read_row(limits);
        hash = hash_step(hash, limits, likes);
        count++;
    }
    fclose(file);
    printf("%lu %08lx%08lx\n", count, (unsigned long)(hash >> 32U), (unsigned long)(hash & 0xFFFFFFFFU));
    return 0;
}
