/* What a network of the state of charge looks at, from the readings alone: voltage, current, temperature and their running means; and the network's
   answer. Memory is the caller's; any bits whatever may come as readings. */
#ifndef AIBMS_FEATURES_H
#define AIBMS_FEATURES_H

#include "aibms/cell.h"
#include "aibms/net.h"

/* Numbers as in the C# code. Currents are fractions of the 1C current, 1/h, positive while charging. */
#define AIBMS_FEATURE_VOLTAGE 0U
#define AIBMS_FEATURE_CURRENT 1U
#define AIBMS_FEATURE_TEMPERATURE 2U
#define AIBMS_FEATURE_MEAN 3U         /* current over 10, 60, 300, 1,200 s, then voltage over 60 and 300 s */
#define AIBMS_FEATURE_SINCE_START 9U  /* time since the start over 600 s, 1 at most */
#define AIBMS_FEATURES 10U
#define AIBMS_FEATURE_MEANS 6U

typedef struct {
    float voltage_v;         /* the last that was one */
    float current_c;
    float temperature_deg_c; /* 25 before the first */
    float since_s;
    float step_s;            /* that keep belongs to; negative before the first */
    float keep[AIBMS_FEATURE_MEANS];
    float sum[AIBMS_FEATURE_MEANS];
    float weight[AIBMS_FEATURE_MEANS];
    uint32_t has_voltage;
    uint32_t is_running;
} aibms_features;

typedef struct {
    aibms_features features;
    float owed_s;      /* time that the network has not seen: it was trained on one sample a second */
    float soc;
    float deviation;
} aibms_net_soc;

typedef struct {
    float soc;         /* 0...1 */
    float deviation;   /* one standard deviation, 1e-4...0.29 */
    bool is_known;     /* false: a feature lies beyond what training saw, or no voltage came yet; take the filter's answer */
} aibms_net_answer;

/* Forgets everything. */
void aibms_features_start(aibms_features *me);

/* Takes in a sample. step_s: time since the sample before, s. False while no voltage has been seen: the features have no meaning yet. */
bool aibms_features_step(const aibms_cell *cell, aibms_features *me, float step_s, float current_a, float voltage_v, float temperature_deg_c);

/* One feature, by its number; 0 where there is none such. */
float aibms_feature(const aibms_features *me, uint32_t which);

/* Forgets everything. state: net->state_count floats. */
void aibms_net_soc_start(const aibms_net *net, aibms_net_soc *me, float *state);

/* Readings in, state of charge out: features, at most one step of the network, its answer. For a network whose features are exported. */
void aibms_net_soc_step(const aibms_cell *cell, const aibms_net *net, aibms_net_soc *me, float *state, float step_s, float current_a, float voltage_v,
    float temperature_deg_c, aibms_net_answer *answer);

#endif
