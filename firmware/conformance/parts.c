/* Runs a file of pack readings through the filters of every cell, imbalance, power limits, balancing, charge selection, trackers and forecast of the exported pack,
   and prints how many rows there were and a hash of every answer. A row of floats: step s, current A, case degC, board degC, envelope A,
   target SOC, wishes (1 charge asked, 2 charger there), then the cells' voltages and 1 for each resistor that is on. */
#include <stdio.h>

#include "aibms/health.h"
#include "aibms/power.h"
#include "aibms/thermal.h"
#include "aibms_cell_exported.h"
#include "aibms_pack_exported.h"
#include "hash.h"

#define HEAD 7U

static aibms_pack pack;
static aibms_imbalance imbalance;
static aibms_balance balance;
static aibms_charge charge;
static aibms_health health;
static aibms_thermal thermal;
static float row[HEAD + (2U * AIBMS_CELLS)];
static bool bleed_on[AIBMS_CELLS];
static bool bleed[AIBMS_CELLS];

static uint64_t hash_cells(uint64_t hash, uint32_t count)
{
    uint32_t k;
    for (k = 0U; k < count; k++) {
        aibms_cell_answer one;
        aibms_pack_cell(&aibms_cell_exported, &pack, k, &one);
        hash = hash_float(hash, one.soc);
        hash = hash_float(hash, one.deviation);
        hash = hash_float(hash, one.resistance);
        hash = hash_float(hash, one.capacity_ah);
        hash = hash_float(hash, one.capacity_deviation_ah);
        hash = hash_word(hash, one.validity | (bleed[k] ? 256U : 0U));
        hash = hash_float(hash, imbalance.bleed_ah[k]);
    }
    hash = hash_word(hash, (uint32_t)imbalance.first_empty);
    hash = hash_word(hash, (uint32_t)imbalance.first_full);
    hash = hash_float(hash, imbalance.soc);
    hash = hash_float(hash, imbalance.deviation);
    hash = hash_float(hash, imbalance.recoverable_ah);
    hash = hash_float(hash, imbalance.recoverable_deviation_ah);
    hash = hash_float(hash, imbalance.spread_ah);
    hash = hash_float(hash, imbalance.balancing_h);
    return hash_float(hash, balance.allowed_w);
}

static uint64_t hash_power(uint64_t hash, const aibms_pack_rules *rules, bool is_charge, float time_s, float *current_a)
{
    aibms_power power;
    aibms_power_set(&aibms_cell_exported, rules, &pack, &imbalance, is_charge, time_s, &power);
    *current_a = power.current_a;
    hash = hash_float(hash, power.current_a);
    hash = hash_float(hash, power.power_w);
    hash = hash_float(hash, power.deviation_a);
    hash = hash_word(hash, power.binding);
    return hash_word(hash, (uint32_t)power.cell);
}

static uint64_t hash_charge(uint64_t hash, uint32_t count, float power_a, float pulse_a)
{
    aibms_charge_input input = {row[0], row[1], 0.0F, -1, 0.002F, row[2], 0.0F, row[4], power_a, pulse_a, row[5], row[6] == 1.0F || row[6] == 3.0F, row[6] >= 2.0F};
    aibms_charge_decision out;
    uint32_t k;
    input.worst_v = 0.0F / 0.0F;
    input.fullest_soc = 0.0F / 0.0F;
    for (k = 0U; k < count; k++) {
        aibms_cell_answer one;
        aibms_pack_cell(&aibms_cell_exported, &pack, k, &one);
        if (!(row[HEAD + k] <= input.worst_v) && (row[HEAD + k] == row[HEAD + k])) {
            input.worst_v = row[HEAD + k];
            input.worst_cell = (int32_t)k;
        }
        if ((one.validity != AIBMS_SOC_UNKNOWN) && !(one.soc <= input.fullest_soc)) {
            input.fullest_soc = one.soc;
        }
    }
    aibms_charge_step(&aibms_charge_exported, &charge, &input, &out);
    hash = hash_float(hash, out.current_a);
    hash = hash_float(hash, out.value);
    hash = hash_float(hash, out.threshold);
    hash = hash_float(hash, out.for_s);
    hash = hash_float(hash, out.limit_a);
    hash = hash_word(hash, out.reason | (out.limit_reason << 8U));
    return hash_word(hash, (uint32_t)out.cell);
}

static uint64_t hash_health(uint64_t hash, uint32_t count)
{
    uint32_t k;
    for (k = 0U; k < count; k++) {
        hash = hash_float(hash, health.cell[k].capacity_ah);
        hash = hash_float(hash, health.cell[k].variance_ah2);
        hash = hash_float(hash, health.cell[k].resistance);
        hash = hash_word(hash, health.cell[k].windows);
    }
    hash = hash_float(hash, health.charge_ah);
    hash = hash_word(hash, health.taken);
    hash = hash_word(hash, health.rejected);
    return hash_word(hash, health.reason);
}

/* Forecasts of a minute with the heat as it is and of half an hour with one that is told. */
static uint64_t hash_thermal(uint64_t hash)
{
    uint32_t k;
    for (k = 0U; k < 2U; k++) {
        aibms_thermal_ahead ahead = {0.0F, 0.0F, 0.0F, 0.0F};
        if (aibms_thermal_forecast(&aibms_thermal_exported, &thermal, (k == 0U) ? (0.0F / 0.0F) : 3.0F, (k == 0U) ? 60.0F : 1800.0F, &ahead)) {
            hash = hash_float(hash, ahead.core_deg_c);
            hash = hash_float(hash, ahead.case_deg_c);
            hash = hash_float(hash, ahead.core_deviation_k);
            hash = hash_float(hash, ahead.case_deviation_k);
        }
    }
    for (k = 0U; k < 4U; k++) {
        hash = hash_float(hash, thermal.x[k]);
    }
    return hash;
}

int main(int argc, char **argv)
{
    const aibms_pack_rules *rules = &aibms_pack_exported;
    const uint32_t words = HEAD + (2U * rules->cell_count);
    uint64_t hash = HASH_START;
    unsigned long count = 0U;
    FILE *file = (argc > 1) ? fopen(argv[1], "rb") : NULL;
    if ((file == NULL) || (!aibms_pack_rules_are_sound(rules)) || (!aibms_charge_rules_are_sound(&aibms_charge_exported)) || (!aibms_thermal_rules_are_sound(&aibms_thermal_exported))) {
        printf("usage: parts FILE\n");
        return 2;
    }
    aibms_pack_start(&pack, 0.5F, -1.0F);
    aibms_balance_start(&balance);
    aibms_charge_start(&charge);
    aibms_health_start(&aibms_cell_exported, &health);
    aibms_thermal_start(&thermal);
    while (fread(row, 4U, words, file) == words) {
        float pulse_a;
        float power_a;
        float unused;
        uint32_t k;
        for (k = 0U; k < rules->cell_count; k++) {
            bleed_on[k] = row[HEAD + rules->cell_count + k] > 0.5F;
        }
        aibms_pack_step(&aibms_cell_exported, rules, &pack, row[0], row[1], &row[HEAD], bleed_on, row[2]);
        aibms_health_step(&aibms_cell_exported, rules, &health, &pack, row[0], row[1], &row[HEAD], bleed_on);
        (void)aibms_health_teach(&aibms_cell_exported, rules, &health, &pack);
        aibms_thermal_step(&aibms_thermal_exported, &thermal, row[0], aibms_thermal_heat(&aibms_cell_exported, &pack.mean), row[2]);
        aibms_imbalance_set(&aibms_cell_exported, rules, &pack, &imbalance);
        aibms_balance_step(rules, &balance, &imbalance, row[0], &row[HEAD], bleed_on, row[3], bleed);
        hash = hash_health(hash, rules->cell_count);
        hash = hash_thermal(hash);
        hash = hash_cells(hash, rules->cell_count);
        hash = hash_power(hash, rules, true, 10.0F, &pulse_a);
        hash = hash_power(hash, rules, true, 30.0F, &power_a);
        hash = hash_power(hash, rules, false, 2.0F, &unused);
        hash = hash_power(hash, rules, false, 600.0F, &unused);
        hash = hash_charge(hash, rules->cell_count, power_a, pulse_a);
        count++;
    }
    fclose(file);
    printf("%lu %08lx%08lx\n", count, (unsigned long)(hash >> 32U), (unsigned long)(hash & 0xFFFFFFFFU));
    return 0;
}
