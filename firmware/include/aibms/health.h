/* Capacity and resistance of every cell over its life. Capacity from the charge counted between two rests, at whose ends the OCV says the SOC
   whatever the capacity is; resistance as a slow mean of what the filters find under load. Any bits whatever may come as readings. */
#ifndef AIBMS_HEALTH_H
#define AIBMS_HEALTH_H

#include "aibms/pack.h"

/* Why a stretch between two rests was not taken; numbers as in the C# code. */
#define AIBMS_HEALTH_TAKEN 0U
#define AIBMS_HEALTH_NO_REST 1U
#define AIBMS_HEALTH_SMALL_SWING 2U
#define AIBMS_HEALTH_FLAT_OCV 3U
#define AIBMS_HEALTH_CURRENT_MISSING 4U
#define AIBMS_HEALTH_LONG_WINDOW 5U
#define AIBMS_HEALTH_NOT_POSSIBLE 6U

typedef struct {
    float soc;             /* by the OCV at the rest */
    float variance;        /* 0: no rest was read */
} aibms_anchor;

typedef struct {
    float capacity_ah;
    float variance_ah2;
    float resistance;      /* over the cell type's, mean of the last ten hours under load */
    uint32_t windows;      /* taken for this cell; 0: capacity_ah says nothing yet */
    aibms_anchor from;
    aibms_anchor to;
} aibms_cell_health;

typedef struct {
    aibms_cell_health cell[AIBMS_CELLS];
    float charge_ah;       /* since the last rest */
    float part_as;         /* of it, not yet added: floats add small to large badly */
    float hours;           /* since the last rest */
    float rest_s;
    float loaded_s;
    uint32_t taken;
    uint32_t rejected;
    uint32_t reason;       /* AIBMS_HEALTH_... of the last window */
    uint32_t has_from;
    uint32_t is_missed;    /* a current between the rests was not measured */
    uint32_t is_read;      /* this rest was */
} aibms_health;

/* A new pack: nothing is known. To keep over a loss of power: the whole structure. */
void aibms_health_start(const aibms_cell *cell, aibms_health *me);

/* After aibms_pack_step with the same readings. */
void aibms_health_step(const aibms_cell *cell, const aibms_pack_rules *rules, aibms_health *me, const aibms_pack *pack, float step_s, float current_a,
    const float cell_v[AIBMS_CELLS], const bool bleed_on[AIBMS_CELLS]);

/* Counts with the mean of what was tracked of the cells from then on; nothing happens before a window was taken. After aibms_health_step, and once after
   aibms_pack_start where the structure was kept over a loss of power. True where a capacity was told. */
bool aibms_health_teach(const aibms_cell *cell, const aibms_pack_rules *rules, const aibms_health *me, aibms_pack *pack);

#endif
