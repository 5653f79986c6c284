/* Core, case, surroundings and true size of the heat of a cell from its case temperature, and what core and case will be: a filter of four states
   over the exact solution of two heat capacities. Any bits whatever may come as readings. */
#ifndef AIBMS_THERMAL_H
#define AIBMS_THERMAL_H

#include "aibms/block.h"
#include "aibms/soc.h"

#define AIBMS_THERMAL_VERSION 1U

/* Of a cell: constant, written by `aibms export --pack`. The exact solution is a sum of a slow and a fast decay. */
typedef struct {
    uint32_t version;          /* AIBMS_THERMAL_VERSION */
    float slow_per_s;
    float fast_per_s;
    float core_slow;           /* of the core's own temperature in itself, the part that decays slowly; the rest decays fast */
    float case_slow;           /* the same of the case */
    float core_of_case;        /* times slow minus fast decay */
    float case_of_core;
    float core_k_per_w;        /* core over case when settled */
    float case_k_per_w;        /* case over surroundings */
    float surroundings_walk_k2_per_h;
} aibms_thermal_rules;

/* States core, case, surroundings, true heat over told heat; covariance, upper triangle by rows. */
typedef struct {
    float x[4];
    float p[10];
    float heat_w;              /* told, mean over about two minutes */
    uint32_t is_running;
} aibms_thermal;

typedef struct {
    float core_deg_c;
    float case_deg_c;
    float core_deviation_k;
    float case_deviation_k;
} aibms_thermal_ahead;

/* True where every number lies in the range that the proof assumes. */
bool aibms_thermal_rules_are_sound(const aibms_thermal_rules *rules);

/* The rules after this header where header, checksum and every range fit, else the built-in ones. */
const aibms_thermal_rules *aibms_thermal_choose(const aibms_thermal_rules *built_in, const aibms_block *block, const aibms_thermal_rules *replacement);

void aibms_thermal_start(aibms_thermal *me);

/* Heat of a cell after its step, W: over its resistances, and what the OCV's dependence on temperature takes or gives. */
float aibms_thermal_heat(const aibms_cell *cell, const aibms_soc *soc);

/* One step. heat_w: as told, W; case_deg_c: NaN where it is not measured. */
void aibms_thermal_step(const aibms_thermal_rules *rules, aibms_thermal *me, float step_s, float heat_w, float case_deg_c);

/* After a time of constant heat; heat_w NaN: as in the last two minutes. False before the first case temperature. */
bool aibms_thermal_forecast(const aibms_thermal_rules *rules, const aibms_thermal *me, float heat_w, float time_s, aibms_thermal_ahead *out);

#endif
