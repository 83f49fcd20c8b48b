#ifndef CMALLOC_H
#define CMALLOC_H
/* glibc's heap settings, which Swift's Glibc module does not show. */

/* Two heaps for all threads, and freed ends of them given back soon: a heap of its own for each thread would keep what it
   freed. Call before any thread starts. */
void cmalloc_bound(void);

/* Gives back what was freed; after the lexicons are loaded that is some 20 MB. */
void cmalloc_trim(void);

#endif
