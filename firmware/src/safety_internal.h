/* What the protection's files share. */
#ifndef AIBMS_SAFETY_INTERNAL_H
#define AIBMS_SAFETY_INTERNAL_H

#include "aibms/math.h"
#include "aibms/safety.h"

/* Times are counted up to here, so that no counter overflows, ms. */
#define LONG_MS 1000000000

#define LARGEST_FLOAT 3.4028234663852886e38F

/* Bounds beyond all that bands let through: what they hold never reaches them, but the analyser, which follows no loop, knows by them that nothing grows. */
#define MOST_SUM 1e9F
#define MOST_VALUE 1e7F

/* Steps within the states, in the order of their way. */
#define PHASE_RESTING 0U
#define PHASE_SELF_CHECK 1U
#define PHASE_MINUS_WELD_TEST 2U
#define PHASE_PLUS_WELD_TEST 3U
#define PHASE_PRECHARGING 4U
#define PHASE_RETRY_WAIT 5U
#define PHASE_JOINING 6U
#define PHASE_RUNNING 7U
#define PHASE_FADING 8U
#define PHASE_FUSE_WAIT 9U
#define PHASE_OPENING 10U

#define DEEP_NONE 0U
#define DEEP_REFUSED 1U
#define DEEP_QUALIFIED 2U

/* Adds two times and stops at LONG_MS. */
static inline int32_t add_ms(int32_t time_ms, int32_t step_ms)
{
    int32_t sum = LONG_MS;
    if (time_ms < (LONG_MS - step_ms)) {
        sum = time_ms + step_ms;
    }
    return sum;
}

/* False for NaN and infinities. */
static inline bool is_number(float x)
{
    return (x >= -LARGEST_FLOAT) && (x <= LARGEST_FLOAT);
}

static inline bool is_known(float x)
{
    return (x > AIBMS_UNKNOWN) && (x <= LARGEST_FLOAT);
}

static inline float size_of(float x)
{
    float y = x;
    if (x < 0.0F) {
        y = -x;
    }
    return y;
}

/* True while the held value may still be used. */
static inline bool is_usable(const aibms_track *track, const aibms_band *band)
{
    return track->is_seen && (track->bad_ms < band->lost_ms);
}

static inline bool is_open(const aibms_command *command)
{
    return (!command->plus) && (!command->minus) && (!command->precharge);
}

/* Faults. */
void aibms_guard_set(aibms_safety *me, uint32_t code, bool is_active, float value, float threshold, int32_t where);
void aibms_guard_set_after(aibms_safety *me, uint32_t code, bool condition, int32_t debounce_ms, float value, float threshold, int32_t where);
uint32_t aibms_guard_hardest(const aibms_safety *me, bool is_charger_connected, uint32_t *by);
bool aibms_guard_any_latched(const aibms_safety *me);
static inline bool is_present(const aibms_fault *fault)
{
    return fault->is_active || fault->is_latched;
}

/* Signals. */
void aibms_guard_signals(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);
float aibms_guard_trimmed_mean(const aibms_track *tracks, int32_t count, const aibms_band *band);
void aibms_guard_lost(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_contradictions(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);

/* Limits. */
typedef struct {
    float value;
    bool is_known;
    bool applies;
    bool is_low;
    float threshold;
    float hysteresis;
    int32_t debounce_ms;
    int32_t release_ms;
    int32_t step_ms;
    int32_t rest_step_ms;
} aibms_watch;
void aibms_guard_level(aibms_level *level, const aibms_watch *watch);
void aibms_guard_limits(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);
bool aibms_guard_is_low(uint32_t kind);
bool aibms_guard_cuts_charge(uint32_t kind);
bool aibms_guard_cuts_discharge(uint32_t kind);
float aibms_guard_table_at(const aibms_table *table, float temperature_deg_c);
float aibms_guard_fast_rate(const aibms_limits *limits, const aibms_safety *me, int32_t probe);

/* Contactors. */
void aibms_guard_enter(aibms_safety *me, uint32_t phase);
void aibms_guard_command(aibms_safety *me, bool plus, bool minus, bool precharge);
void aibms_guard_all_open(aibms_safety *me);
void aibms_guard_trip(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_begin_open(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_step_open(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_forget(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_precharge(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_contactors(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);
void aibms_guard_machine(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);

/* The rest of a step. */
void aibms_guard_runaway(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);
void aibms_guard_deep(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_service(const aibms_limits *limits, aibms_safety *me, const aibms_safety_input *input);
void aibms_guard_overrun(const aibms_limits *limits, aibms_safety *me);
void aibms_guard_envelope(const aibms_limits *limits, aibms_safety *me, bool is_charger_connected);
uint32_t aibms_guard_mix(uint32_t x);

#endif
