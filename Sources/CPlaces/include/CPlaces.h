#ifndef CPLACES_H
#define CPLACES_H

#include <stdint.h>

/* The weights that `minsheng gazetteer train` writes, as they lie in the program: the loader maps them, nothing reads or copies
   the file. */
const unsigned char *cplaces_weights(void);

/* How many bytes they are. */
int32_t cplaces_size(void);

#endif
