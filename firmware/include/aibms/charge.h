/* The charge current now, and why: constant current in stages, then constant voltage on the worst cell, above all of it the plating guard. */
#ifndef AIBMS_CHARGE_H
#define AIBMS_CHARGE_H

#include "aibms/block.h"

#define AIBMS_CHARGE_VERSION 1U
#define AIBMS_CHARGE_POINTS 8U

/* Why the current is what it is; numbers as in the C# code. */
#define AIBMS_CHARGE_NOT_REQUESTED 0U
#define AIBMS_CHARGE_NO_CHARGER 1U
#define AIBMS_CHARGE_FINISHED 2U
#define AIBMS_CHARGE_ENVELOPE 3U
#define AIBMS_CHARGE_STAGE 4U
#define AIBMS_CHARGE_CELL_VOLTAGE 5U
#define AIBMS_CHARGE_POWER 6U
#define AIBMS_CHARGE_PLATING 7U
#define AIBMS_CHARGE_ESTIMATE_UNKNOWN 8U
#define AIBMS_CHARGE_RISING 9U
#define AIBMS_CHARGE_PLATING_HISTORY 10U

typedef struct {
    uint32_t count;   /* 1...8 */
    float at[8];      /* rising */
    float value[8];
} aibms_points;

/* Constant, written by `aibms export --pack`. Currents are those of the pack. */
typedef struct {
    uint32_t version;          /* AIBMS_CHARGE_VERSION */
    float capacity_ah;
    float rated_a;
    float full_v;              /* charge cut-off of a cell */
    float margin_v;            /* the worst cell is held this far below */
    float taper_factor;        /* the resistance is taken so much larger, so that the loop is never too fast */
    float end_a;               /* charging ends once the taper is below */
    float end_hold_s;          /* for so long */
    float restart_below_soc;
    float rise_a_per_s;
    float settle_s;
    float unknown_a;           /* while the SOC is not known */
    float pulse_factor;        /* over the lasting current, for a short time */
    float pulse_s;
    float recover_s;
    aibms_points stages;       /* up to SOC, share of the rated current */
    aibms_points by_temperature;
    aibms_points by_soc;
} aibms_charge_rules;

typedef struct {
    float used;                /* of the plating pulse, 0...1 */
    float lasting_a;
    float now_a;
    float end_s;
    float last_a;
    float finished_soc;
    float for_s;
    uint32_t reason;
    int32_t cell;
    bool is_finished;
    bool has_finished;         /* finished_soc means something */
} aibms_charge;

/* NaN for what is not known. */
typedef struct {
    float step_s;
    float current_a;           /* positive while charging */
    float worst_v;             /* highest cell voltage; unknown: nothing is charged */
    int32_t worst_cell;
    float resistance_ohm;      /* of that cell */
    float coldest_deg_c;       /* unknown: plating allows nothing */
    float fullest_soc;
    float envelope_a;          /* what the protection allows */
    float power_a;             /* estimated for half a minute */
    float pulse_a;             /* estimated for ten seconds */
    float target_soc;
    bool is_requested;
    bool is_connected;
} aibms_charge_input;

typedef struct {
    float current_a;           /* asked of the charger, >= 0 */
    uint32_t reason;
    float value;               /* measured, in the unit of the reason */
    float threshold;
    int32_t cell;              /* -1 where none binds */
    float for_s;               /* this reason has bound without a break */
    float limit_a;             /* what may flow in from anywhere, regeneration included */
    uint32_t limit_reason;
} aibms_charge_decision;

/* True where every number lies in the range that the proof assumes. */
bool aibms_charge_rules_are_sound(const aibms_charge_rules *rules);

/* The rules after this header where header, checksum and every range fit, else the built-in ones. */
const aibms_charge_rules *aibms_charge_choose(const aibms_charge_rules *built_in, const aibms_block *block, const aibms_charge_rules *replacement);

void aibms_charge_start(aibms_charge *me);
void aibms_charge_step(const aibms_charge_rules *rules, aibms_charge *me, const aibms_charge_input *input, aibms_charge_decision *out);

#endif
