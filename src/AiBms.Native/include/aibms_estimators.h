/* The estimators of AiBms for programs that are not in .NET: state of charge of a cell by any rung, trained networks included.
   Link with libaibms_estimators (docs/guide/library.md). Any bits whatever may come as readings; what is not known is NaN, never zero.
   A handle is used by one thread at a time; different handles may be used by different threads. */
#ifndef AIBMS_ESTIMATORS_H
#define AIBMS_ESTIMATORS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a function returns. */
#define AIBMS_OK 0
#define AIBMS_WRONG_USE 2   /* null pointer, unknown handle, unknown rung: aibms_last_error says which */
#define AIBMS_BAD_DATA 3    /* the bytes are no cell or no model */

/* Whether an answer may be used, and if not, why. */
#define AIBMS_UNKNOWN 0
#define AIBMS_VALID 1
#define AIBMS_CONVERGING 2
#define AIBMS_PLATEAU 3
#define AIBMS_AFTER_GAP 4
#define AIBMS_SENSOR_SUSPECT 5
#define AIBMS_OUT_OF_RANGE 6
#define AIBMS_TEMPERATURE_MISSING 7
#define AIBMS_MODEL_DOUBTFUL 8

typedef struct {
    double time_s;            /* since any moment; a step of zero or backwards is not integrated */
    double current_a;         /* positive while charging */
    double voltage_v;
    double temperature_deg_c; /* of the case */
} aibms_sample;

typedef struct {
    double soc;               /* 0...1; NaN while unknown */
    double deviation;         /* one standard deviation */
    double soc_low;           /* 90 % interval */
    double soc_high;
    double model_v;           /* expected before the sample was seen; NaN without a model */
    double residual_v;        /* measured minus expected */
    double offset_a;          /* of the current sensor: measured = true + offset; NaN where it is not estimated */
    int32_t validity;         /* AIBMS_VALID and others */
    int32_t reserved;         /* 0 */
} aibms_estimate;

/* Version of this interface: 1. */
int32_t aibms_interface_version(void);

/* Opens a rung for a cell. cell_json: bytes of a cell file; rung: "ekf", "ekf32", "edge", "ocv-count", "ocv" or "count", zero-terminated.
   handle is written where AIBMS_OK is returned. */
int32_t aibms_open(const uint8_t *cell_json, int32_t cell_length, const char *rung, int64_t *handle);

/* Opens a trained network for a cell; the filter runs beside it. model_json: bytes of a model file that gives SOC. */
int32_t aibms_open_model(const uint8_t *cell_json, int32_t cell_length, const uint8_t *model_json, int32_t model_length, int64_t *handle);

/* Forgets everything. soc NaN: nothing is known; else 0...1 with deviation above 0. */
int32_t aibms_start(int64_t handle, double soc, double deviation);

/* One sample in, one estimate out. Allocates nothing. */
int32_t aibms_step(int64_t handle, const aibms_sample *sample, aibms_estimate *estimate);

/* Gives the memory back. */
int32_t aibms_close(int64_t handle);

/* The last error of this thread, zero-terminated UTF-8, cut to the room. Returns the bytes that the whole text needs, the zero included. */
int32_t aibms_last_error(char *text, int32_t room);

#ifdef __cplusplus
}
#endif

#endif
