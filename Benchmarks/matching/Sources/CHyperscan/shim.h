#include <hs/hs.h>
#include <time.h>

/* The CPU time of the calling thread in nanoseconds. */
static inline unsigned long long thread_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (unsigned long long)now.tv_sec * 1000000000ull + (unsigned long long)now.tv_nsec;
}

/* Number of hits and sum of their end offsets. */
struct tally { unsigned long long hits, sum; };
