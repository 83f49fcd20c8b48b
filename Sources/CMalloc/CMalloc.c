#include "CMalloc.h"

#include <malloc.h>

void cmalloc_bound(void) {
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
    /* The chunks of a file and what is read from them, a megabyte or so each, are made and freed all the time: by mmap each
       page of them would be cleared anew. glibc stops fitting this threshold by itself once the other one is set. */
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
}

void cmalloc_trim(void) { malloc_trim(0); }
