/* State of charge of a cell. Memory is the caller's; one aibms_soc a cell; any bits whatever may come as readings. */
#ifndef AIBMS_SOC_H
#define AIBMS_SOC_H

#include "aibms/cell.h"

/* Validity, as in the C# code. */
#define AIBMS_SOC_UNKNOWN 0U
#define AIBMS_SOC_VALID 1U
#define AIBMS_SOC_CONVERGING 2U
#define AIBMS_SOC_PLATEAU 3U
#define AIBMS_SOC_AFTER_GAP 4U
#define AIBMS_SOC_SENSOR_SUSPECT 5U
#define AIBMS_SOC_TEMPERATURE_MISSING 7U
#define AIBMS_SOC_MODEL_DOUBTFUL 8U

/* Filters that start side by side where nothing is known. */
#define AIBMS_BELIEFS 4U

/* What depends on the step's length and the temperature alone, and the capacity that is counted with. */
typedef struct {
    float per_capacity;  /* the cell type's capacity over the tracked one; 1 where none was told */
    float step_s;
    float place;
    float kept[3];     /* of each pair over the step */
    float since[3];    /* of each pair since the start */
    float kept_error;
    float kept_load;
    float kept_noise;
    float kept_core;
} aibms_pace;

/* The circuit at one moment. */
typedef struct {
    float step_s;
    float soc_per_as;        /* by the tracked capacity */
    float above_k;           /* above 25 degC */
    float resistance_ohm[4]; /* series, then the pairs */
    float total_ohm;
    float left_ohm;          /* of the pairs, what the load before the start still counts for */
    float settled_v[3];
    float kept[3];
    float kept_branch;
    float branch;
    float kept_error;
    float added_error_v2;
    float load_error_v2;
    float noise_v2;
    float added_soc;
    float added_offset_a2;
    float kept_noise;
} aibms_now;

/* Covariance p: SOC, sensor offset, slow voltage error; upper triangle by rows. The past load (a deviation from the assumed one) and the excess of the
   resistances are followed beside these, each with its own variance. */
typedef struct {
    float soc;
    float offset_a;
    float error_v;
    float past_a;
    float p[6];
    float p_past;
    float excess;     /* of all resistances, relative */
    float p_excess;
    float pair_v[3];
    float branch;
    float adapted;
    float residual_v;
    float variance_v2; /* expected of the residual */
    float model_v;
    float ocv_v;
    float slope_v;
    float drop_v;     /* over all resistances */
    float series_ohm;
} aibms_filter;

/* Beliefs side by side during the first two minutes of an unknown start. */
typedef struct {
    aibms_filter filter[4];
    float weight[4];
} aibms_search;

typedef struct {
    aibms_filter filter;
    aibms_search search;
    aibms_pace pace;
    float start_soc;
    float start_deviation;
    float usual_step_s;
    float since_gap_s;
    float since_start_s;
    float load_a;
    float current_a;
    float temperature_deg_c;
    float warm_k;
    float past_a;      /* load assumed before the start */
    float window_as;   /* charge, squared current and time since the start or the last look at them */
    float window_a2s;
    float window_s;
    uint32_t windows;
    uint32_t is_running;
    uint32_t is_searching;
    uint32_t is_unknown_start;
    uint32_t has_met_temperature;
} aibms_soc;

typedef struct {
    float soc;               /* 0...1 */
    float deviation;         /* one standard deviation, 0...1.1 */
    float model_v;
    float residual_v;        /* measured minus expected; 0 without a voltage */
    float offset_a;          /* of the current sensor */
    float core_deg_c;
    float excess;            /* of all resistances over the cell's, relative */
    uint32_t validity;       /* AIBMS_SOC_... */
} aibms_answer;

/* Forgets everything. soc 0...1, deviation > 0; deviation <= 0: nothing is known. */
void aibms_soc_start(aibms_soc *me, float soc, float deviation);

/* One step. step_s: time since the step before, s; current_a: positive while charging; temperature_deg_c: of the case. */
void aibms_soc_step(const aibms_cell *cell, aibms_soc *me, float step_s, float current_a, float voltage_v, float temperature_deg_c, aibms_answer *answer);

/* Tells the tracked capacity, Ah: counting, and what is said of capacities, go by it from then on. It is held within half and 1.2 times the cell type's; what is
   no capacity (beyond 0.01...10,000 Ah) changes nothing. The protection does not read it. */
void aibms_soc_learn_capacity(const aibms_cell *cell, aibms_soc *me, float capacity_ah);

/* Parts of the step, for those who share one circuit look-up among the cells of a pack. */
void aibms_pace_set(const aibms_cell *cell, aibms_pace *pace, float step_s, float temperature_deg_c);
void aibms_now_set(const aibms_cell *cell, const aibms_pace *pace, float soc, float temperature_deg_c, float true_a, float load_share, aibms_now *now);
void aibms_filter_begin(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float soc, float deviation, float measured_a);
void aibms_filter_predict(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float measured_a);
void aibms_filter_correct(const aibms_cell *cell, const aibms_now *now, aibms_filter *me, float measured_v, float measured_a);
void aibms_filter_take_past(const aibms_cell *cell, aibms_filter *me, float past_a, float deviation_a);
void aibms_filter_widen(aibms_filter *me, float deviation);

/* OCV at 25 degC and its slope over SOC in the section there, V; beyond the ends of the table it goes on straight. */
float aibms_ocv_at(const aibms_cell *cell, float soc, float *slope_v);

/* Load assumed before a start at which this current was found, A. */
float aibms_past_load(const aibms_cell *cell, float measured_a);

void aibms_search_begin(const aibms_cell *cell, const aibms_pace *pace, aibms_search *me, float measured_a, float temperature_deg_c);
void aibms_search_step(const aibms_cell *cell, const aibms_pace *pace, aibms_search *me, float measured_a, float temperature_deg_c, float load_share);
void aibms_search_correct(const aibms_cell *cell, const aibms_pace *pace, aibms_search *me, float measured_v, float measured_a, float temperature_deg_c);
void aibms_search_merge(const aibms_search *me, aibms_filter *into);

#endif
