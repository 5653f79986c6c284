/* Room for cells in series and probes; a smaller pack says so when it compiles. */
#ifndef AIBMS_ROOM_H
#define AIBMS_ROOM_H

#ifndef AIBMS_CELLS
#define AIBMS_CELLS 96U
#endif
#ifndef AIBMS_PROBES
#define AIBMS_PROBES 32U
#endif

#endif
