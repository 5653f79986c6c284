/* The protection of a pack: reads, decides, restricts. The same states, limits and faults as the C# library AiBms.Safety, bit for bit.
   Once per step aibms_safety_observe with what was measured, then aibms_safety_restrict with what control would like.
   Memory is the caller's; anything may be missing or nonsense: then it is not a number. Current is positive while charging. */
#ifndef AIBMS_SAFETY_H
#define AIBMS_SAFETY_H

#include <stdbool.h>
#include <stdint.h>

#include "aibms/block.h"
#include "aibms/faults.h"
#include "aibms/room.h"

#define AIBMS_TABLE_POINTS 16U
#define AIBMS_KINDS 14U
#define AIBMS_LEVELS 3U
#define AIBMS_SAFETY_VERSION 2U

/* Held instead of a number that is not known. Outputs hold it too. */
#define AIBMS_UNKNOWN (-3.0e38F)

/* Quantities with three levels each, in the order of their faults. */
#define AIBMS_CELL_VOLTAGE_HIGH 0U
#define AIBMS_CELL_VOLTAGE_LOW 1U
#define AIBMS_CHARGE_CURRENT_HIGH 2U
#define AIBMS_DISCHARGE_CURRENT_HIGH 3U
#define AIBMS_CHARGE_TEMPERATURE_HIGH 4U
#define AIBMS_CHARGE_TEMPERATURE_LOW 5U
#define AIBMS_TEMPERATURE_HIGH 6U
#define AIBMS_DISCHARGE_TEMPERATURE_LOW 7U
#define AIBMS_TEMPERATURE_SPREAD 8U
#define AIBMS_TEMPERATURE_RATE 9U
#define AIBMS_VOLTAGE_SPREAD 10U
#define AIBMS_ISOLATION_LOW 11U
#define AIBMS_COOLANT_LEVEL_LOW 12U
#define AIBMS_COOLANT_FLOW_LOW 13U

/* Whether a signal is believed, and why not. */
#define AIBMS_GOOD 0U
#define AIBMS_MISSING 1U
#define AIBMS_OUT_OF_RANGE 2U
#define AIBMS_JUMPED 3U
#define AIBMS_STUCK 4U
#define AIBMS_BLEEDING 5U

/* States of the protection. */
#define AIBMS_OFF 0U
#define AIBMS_PRECHARGE 1U
#define AIBMS_CLOSED 2U
#define AIBMS_DERATED 3U
#define AIBMS_OPEN 4U
#define AIBMS_LATCHED 5U

/* What an auxiliary contact says. */
#define AIBMS_AUX_UNKNOWN 0U
#define AIBMS_AUX_OPEN 1U
#define AIBMS_AUX_CLOSED 2U

/* What a service may ask for. */
#define AIBMS_SERVICE_NONE 0U
#define AIBMS_SERVICE_RESET 1U
#define AIBMS_SERVICE_QUALIFY 2U

/* Names of what binds an allowed current: the table, the lasting current, then the quantities without the two currents. */
#define AIBMS_BY_TABLE 0U
#define AIBMS_BY_SUSTAINED 1U
#define AIBMS_BY_SENSOR_LOST 14U
#define AIBMS_BY_DEEP_DISCHARGE 15U
#define AIBMS_BY_FAULT 16U
#define AIBMS_BY_NOT_CLOSED 17U
#define AIBMS_BY_COMMAND 18U

typedef struct {
    float min;
    float max;
    float step;
    float rate_per_s;
    float stuck_others;
    int32_t confirm_ms;
    int32_t lost_ms;
} aibms_band;

typedef struct {
    bool is_on;
    float operating;
    float recommended;
    float safety;
    float hysteresis;
    float floor_fraction;
    int32_t warn_ms;
    int32_t trip_ms;
    int32_t release_ms;
} aibms_limit;

typedef struct {
    uint32_t count;
    float temperature_deg_c[16];
    float current_a[16];
} aibms_table;

typedef struct {
    int32_t travel_ms;
    int32_t self_check_ms;
    int32_t weld_test_ms;
    int32_t weld_after_opening_ms;
    int32_t precharge_timeout_ms;
    int32_t precharge_confirm_ms;
    int32_t precharge_tries;
    int32_t retry_wait_ms;
    int32_t join_ms;
    int32_t reclose_wait_ms;
    int32_t fade_ms;
    int32_t fuse_wait_ms;
    int32_t stagger_ms;
    int32_t most_openings;
    int32_t opening_forgotten_ms;
    float weld_rise_fraction;
    float weld_tolerance_v;
    float precharge_end_v;
    float precharge_end_a;
    float precharge_most_a;
    float fade_a;
    float break_a;
} aibms_contactors;

typedef struct {
    float drop_v;
    float drop_memory_s;
    float rate_k_per_s;
    float rate_smoothing_s;
    float gas_ppm;
    float pressure_kpa;
    int32_t debounce_ms;
    int32_t hold_ms;
} aibms_runaway_limits;

/* All that the protection of one pack is told: constant, made by `aibms export`. */
typedef struct {
    uint32_t version;
    int32_t cell_count;
    int32_t probe_count;
    int32_t probes_needed;
    aibms_limit limit[14];
    aibms_table charge_table;    /* by the coldest probe */
    aibms_table discharge_table;
    aibms_table flow_table;      /* share of its warm flow that a sound loop moves, by the coolant's temperature */
    float sustained_charge_a;
    float sustained_discharge_a;
    float sustained_over_s;
    float recovery_per_s;
    float sensor_lost_fraction;
    aibms_band cell_signal;
    aibms_band probe_signal;
    aibms_band current_signal;
    aibms_band voltage_signal;
    float sum_tolerance_v;
    int32_t mismatch_ms;
    bool has_redundant_current;
    bool has_isolation_monitor;
    bool has_coolant_sensors;
    float redundant_tolerance_a;
    float redundant_fraction;
    float rest_a;
    int32_t slow_sensor_lost_ms;
    float working_v;
    int32_t interlock_ms;
    float overrun_fraction;
    float overrun_a;
    int32_t overrun_ms;
    int32_t assumed_step_ms;
    int32_t most_step_ms;
    int32_t clock_lost_ms;
    uint32_t service_key;
    aibms_contactors contactors;
    int32_t bleed_settle_ms;
    int32_t bleed_blind_ms;
    float bleed_board_deg_c;
    float bleed_least_v;
    float deep_v;
    float deep_recovered_v;
    float deep_recovery_a;
    int32_t deep_recovery_ms;
    int32_t deep_debounce_ms;
    aibms_runaway_limits runaway;
} aibms_limits;

typedef struct {
    float value;     /* last believed */
    float last_raw;
    float others_at_change;
    int32_t bad_ms;
    int32_t bad_before_ms;
    int32_t confirm_ms;
    int32_t settle_ms;
    uint32_t quality;
    bool is_seen;
    bool has_raw;
    bool has_moved;
} aibms_track;

typedef struct {
    int32_t over_ms;
    int32_t back_ms;
    int32_t events;
    bool is_active;
} aibms_level;

typedef struct {
    int64_t since_ms;
    float value;
    float threshold;
    int32_t where;   /* cell or probe from 0; -1 for the pack */
    int32_t count;
    bool is_active;
    bool is_latched;
} aibms_fault;

typedef struct {
    uint32_t name;   /* AIBMS_BY_..., or 2 to 13 for a quantity */
    float value;
    float threshold;
    int32_t where;
    int64_t since_ms;
    uint32_t fault;  /* AIBMS_FAULT_...; AIBMS_FAULT_COUNT for none */
} aibms_binding;

typedef struct {
    bool plus;
    bool minus;
    bool precharge;
} aibms_command;

typedef struct {
    int64_t last_ms;
    bool has_started;
    int32_t step_ms;
    int32_t rest_step_ms;
    int32_t stood_ms;
    int32_t gap_ms;
} aibms_clock;

typedef struct {
    uint32_t state;
    uint32_t phase;
    aibms_command command;
    int32_t phase_ms;
    int32_t phase_rest_ms;
    int32_t open_for_ms;
    int32_t plus_steady_ms;
    int32_t minus_steady_ms;
    int32_t precharge_steady_ms;
    int32_t confirm_ms;
    int32_t link_follows_ms;
    int32_t tries;
    int32_t openings;
    int32_t forget_ms;
    float link_at_phase_v;
    bool is_rearmed;
    bool has_tripped;
} aibms_machine;

typedef struct {
    aibms_level level[4];  /* drop, rate, gas, pressure */
    int32_t age_ms[4];
    uint32_t remembered;   /* bits: drop 1, rate 2, gas 4, pressure 8, temperature 16 */
    float pressure_past_kpa;
    bool is_pressure_known;
    bool is_active;
    int32_t drop_where;
    int32_t rate_where;
    int32_t where;
    int64_t since_ms;
    int64_t gained_ms;
} aibms_runaway;

typedef struct {
    float charge_a;
    float discharge_a;
    float charge_load_a2;
    float discharge_load_a2;
    aibms_binding charge_binding;
    aibms_binding discharge_binding;
} aibms_envelope;

typedef struct {
    uint32_t stage;        /* 0 none, 1 refused, 2 qualified */
    aibms_level below;
    aibms_level recovered;
    int32_t recovery_ms;
    float lowest_v;
    int32_t where;
} aibms_deep;

/* What the protection remembers between steps. */
typedef struct {
    aibms_track cell[AIBMS_CELLS];
    aibms_track probe[AIBMS_PROBES];
    aibms_track current;
    aibms_track redundant;
    aibms_track pack_voltage;
    aibms_track link_voltage;
    aibms_track isolation;
    aibms_track coolant_level;
    aibms_track coolant_flow;
    aibms_track coolant_temperature;
    aibms_level level[42];
    float kind_value[14];
    int32_t kind_where[14];
    bool kind_trips[14];
    aibms_fault fault[AIBMS_FAULT_COUNT];
    aibms_level fault_timer[AIBMS_FAULT_COUNT];
    float cell_past_v[AIBMS_CELLS];
    bool is_cell_past_known[AIBMS_CELLS];
    float probe_fast_deg_c[AIBMS_PROBES];
    float probe_slow_deg_c[AIBMS_PROBES];
    bool is_probe_past_known[AIBMS_PROBES];
    aibms_clock clock;
    aibms_machine machine;
    aibms_runaway runaway;
    aibms_envelope envelope;
    aibms_deep deep;
    uint32_t challenge;
    uint32_t service_before;
    bool is_bleed_paused;
} aibms_safety;

/* One step of measurements; NaN for what is missing. */
typedef struct {
    int64_t time_ms;
    float cell_v[AIBMS_CELLS];
    bool bleed_on[AIBMS_CELLS];   /* which balancing resistors are on now */
    float probe_deg_c[AIBMS_PROBES];
    float current_a;
    float redundant_a;
    float pack_v;
    float link_v;
    float isolation_ohm;
    float coolant_level;
    float coolant_l_per_min;
    float coolant_deg_c;          /* NaN where it is not measured */
    float gas_ppm;
    float pressure_kpa;
    float board_deg_c;
    uint32_t plus_aux;
    uint32_t minus_aux;
    uint32_t precharge_aux;
    bool is_pump_on;
    bool is_interlock_closed;
    bool has_crashed;
    bool is_charger_connected;
    bool is_close_requested;
    uint32_t service;
    uint32_t service_answer;
} aibms_safety_input;

/* What control would like, and what is left of it. */
typedef struct {
    float charge_limit_a;
    float discharge_limit_a;
    float current_a;
    aibms_command command;
    aibms_binding charge_binding;
    aibms_binding discharge_binding;
} aibms_safe_command;

/* True where the limits do not contradict themselves and lie in the ranges that the proof assumes. */
bool aibms_limits_are_sound(const aibms_limits *limits);

/* The limits after this header where header, checksum and every range fit, else the built-in ones. */
const aibms_limits *aibms_limits_choose(const aibms_limits *built_in, const aibms_block *block, const aibms_limits *replacement);

/* A pack at rest: nothing is believed yet, nothing is latched. */
void aibms_safety_start(const aibms_limits *limits, aibms_safety *me);

void aibms_safety_observe(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);
void aibms_safety_restrict(const aibms_limits *limits, const aibms_safety *me, float charge_limit_a, float discharge_limit_a, float current_a, bool bleed[AIBMS_CELLS], aibms_safe_command *out);

/* Latched faults and deep discharge, to be kept over a loss of power. */
void aibms_safety_save(const aibms_safety *me, bool latched[AIBMS_FAULT_COUNT + 1U]);
void aibms_safety_restore(aibms_safety *me, const bool latched[AIBMS_FAULT_COUNT + 1U]);

/* The answer that a service must give to the challenge in aibms_safety.challenge. */
uint32_t aibms_service_answer(uint32_t challenge, uint32_t key, uint32_t request);

#endif
