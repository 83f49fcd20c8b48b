#include "CMalloc.h"

#include <malloc.h>

void cmalloc_bound(void) {
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
}

void cmalloc_trim(void) { malloc_trim(0); }
