/* State of power: the largest current that can be held for a time without a cell crossing its limits, with the margin for what is not known. */
#ifndef AIBMS_POWER_H
#define AIBMS_POWER_H

#include "aibms/balance.h"

/* What binds; numbers as in the C# code. */
#define AIBMS_POWER_UNKNOWN 0U
#define AIBMS_POWER_CELL_VOLTAGE 1U
#define AIBMS_POWER_RATED 2U
#define AIBMS_POWER_CELL_CHARGE 3U
#define AIBMS_POWER_TEMPERATURE 4U

/* A hold of this length or longer counts as continuous: there the temperature at which cells settle binds too, s. */
#define AIBMS_POWER_CONTINUOUS_S 600.0F

typedef struct {
    float current_a;   /* >= 0; 0 while nothing is known */
    float power_w;     /* of the pack: the least of the hold */
    float deviation_a; /* one standard deviation of the true limit; the margin for it is taken off already */
    uint32_t binding;  /* AIBMS_POWER_... */
    int32_t cell;      /* that binds; -1 where none does */
} aibms_power;

/* time_s: of the hold, 0.1...10,000 s. imbalance: of the same step. */
void aibms_power_set(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_pack *pack, const aibms_imbalance *imbalance, bool is_charge, float time_s,
    aibms_power *out);

#endif
