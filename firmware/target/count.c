/* Counts instructions with SysTick under QEMU's -icount shift=0, where one tick of its 25 MHz is 40 instructions. Prints part and instructions. */
#include <stdint.h>
#include <stdio.h>

#include "aibms/soc.h"
#include "aibms_cell_exported.h"

#define STEPS 2000U
#define TICK 40U

#define SYST_CSR (*(volatile uint32_t *)0xE000E010U)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014U)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018U)

static aibms_soc soc;
static uint32_t seed = 1U;

static float chance(void)
{
    seed = (seed * 1664525U) + 1013904223U;
    return (float)(seed >> 8U) * 5.9604645e-08F;
}

/* All steps in one stretch of the counter: 24 bits of ticks are 671 million instructions. */
static uint32_t ticks_of(void (*step)(void), uint32_t steps)
{
    uint32_t from;
    uint32_t k;
    SYST_RVR = 0xFFFFFFU;
    SYST_CVR = 0U;
    SYST_CSR = 5U;
    from = SYST_CVR;
    for (k = 0U; k < steps; k++) {
        step();
    }
    return (from - SYST_CVR) & 0xFFFFFFU;
}

static void report(const char *name, void (*step)(void), void (*nothing)(void), uint32_t steps)
{
    uint32_t base = ticks_of(nothing, steps);
    uint32_t sum = ticks_of(step, steps);
    printf("%s %lu\n", name, (unsigned long)(((sum - base) * TICK) / steps));
}

static float a;
static float v;
static float t = 25.0F;

static void readings(void)
{
    a = -2.0F + (3.0F * (chance() - 0.5F));
    v = 3.6F + (0.02F * a);
}

static void step_soc(void)
{
    aibms_answer answer;
    readings();
    aibms_soc_step(&aibms_cell_exported, &soc, 1.0F, a, v, t, &answer);
}

static aibms_now now;

static void step_circuit(void)
{
    readings();
    aibms_now_set(&aibms_cell_exported, &soc.pace, soc.filter.soc, t, a, 0.5F, &now);
}

static void step_predict(void)
{
    readings();
    aibms_filter_predict(&aibms_cell_exported, &now, &soc.filter, a);
}

static void step_correct(void)
{
    readings();
    aibms_filter_correct(&aibms_cell_exported, &now, &soc.filter, v, a);
}

int main(void)
{
    aibms_soc_start(&soc, 0.5F, -1.0F);
    step_soc();
    report("soc_search", step_soc, readings, 100U);
    aibms_soc_start(&soc, 0.5F, 0.02F);
    step_soc();
    report("soc_step", step_soc, readings, STEPS);
    report("soc_circuit", step_circuit, readings, STEPS);
    report("soc_predict", step_predict, readings, STEPS);
    report("soc_correct", step_correct, readings, STEPS);
    return 0;
}
