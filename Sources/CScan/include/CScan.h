#ifndef CSCAN_H
#define CSCAN_H
/* Looks for bytes sixteen at a time. The compiler's own vectors: SSE2 on x86-64 and NEON on ARM come out of them, and no
   header of either is needed. */

#include <stddef.h>
#include <stdint.h>

typedef uint8_t cscan_vector __attribute__((vector_size(16)));
/* The same at any address. */
typedef uint8_t cscan_anywhere __attribute__((vector_size(16), aligned(1), may_alias));
typedef char cscan_signs __attribute__((vector_size(16)));
typedef uint16_t cscan_pairs __attribute__((vector_size(16)));
typedef uint8_t cscan_halves __attribute__((vector_size(8)));

/* Bits a byte in the masks below, as a power of two. */
#if defined(__SSE2__)
#define CSCAN_SHIFT 0
#else
#define CSCAN_SHIFT 2
#endif

/* The high bits of sixteen bytes, lowest first: one bit a byte, or four where the machine has no instruction for it. The
   bytes are 0 or 255 in the latter case. */
static inline uint64_t cscan_mask(cscan_vector bytes) {
#if defined(__SSE2__)
    return (uint32_t)__builtin_ia32_pmovmskb128((cscan_signs)bytes);
#else
    cscan_halves halves = __builtin_convertvector((cscan_pairs)bytes >> 4, cscan_halves);
    uint64_t mask;
    __builtin_memcpy(&mask, &halves, 8);
    return mask;
#endif
}

static inline cscan_vector cscan_at(const uint8_t *bytes) { return *(const cscan_anywhere *)bytes; }

static inline cscan_vector cscan_all(uint8_t byte) { return (cscan_vector){0} + byte; }

/* The first of two bytes at or after an offset, or the count. Reads nothing outside bytes[0..<count]. */
static inline size_t cscan_either(const uint8_t *bytes, size_t count, size_t from, uint8_t one, uint8_t other) {
    const cscan_vector ones = cscan_all(one), others = cscan_all(other);
    size_t at = from;
    for (; at + 16 <= count; at += 16) {
        cscan_vector block = cscan_at(bytes + at);
        uint64_t mask = cscan_mask((cscan_vector)((block == ones) | (block == others)));
        if (mask) return at + ((size_t)__builtin_ctzll(mask) >> CSCAN_SHIFT);
    }
    if (at >= count) return count;
    if (count >= 16) {
        /* The last sixteen bytes; those before `at` have been looked at or aren't asked for. */
        size_t last = count - 16;
        cscan_vector block = cscan_at(bytes + last);
        uint64_t mask = cscan_mask((cscan_vector)((block == ones) | (block == others)));
        mask &= ~(uint64_t)0 << ((at - last) << CSCAN_SHIFT);
        return mask ? last + ((size_t)__builtin_ctzll(mask) >> CSCAN_SHIFT) : count;
    }
    for (; at < count; at++)
        if (bytes[at] == one || bytes[at] == other) return at;
    return count;
}

/* The number of line feeds. */
size_t cscan_line_feeds(const uint8_t *bytes, size_t count);

/* 1 where all bytes are valid UTF-8. */
_Bool cscan_is_utf8(const uint8_t *bytes, size_t count);

/* Finds whole JSON objects one after another, with white space and commas between them, from an offset on.
   Writes where each begins, less `from`; stops at the first thing that is not plainly sound, at an object longer than
   `longest`, when `most` bytes are passed or `room` is full. Returns where the last one ends, `from` where there is none. */
size_t cscan_objects(
    const uint8_t *bytes, size_t count, size_t from, size_t most, size_t longest, uint32_t *starts, size_t room,
    size_t *found);

/* Where the JSON object or array ends that begins at an offset, 0 where it is not plainly sound or goes on behind the bytes. */
size_t cscan_value(const uint8_t *bytes, size_t count, size_t start);

/* The closing quote of a JSON string whose first byte stands at `from`, or the count; and whether it holds a backslash. */
size_t cscan_string(const uint8_t *bytes, size_t count, size_t from, _Bool *is_escaped);

/* Copies text to an offset of a target and puts what they mean in place of the simple escapes (quotes, line ends and the like).
   Stops at any other backslash, and says where; `written` moves on. The target must have room for what is left, and 16 more. */
size_t cscan_unescape(const uint8_t *bytes, size_t count, size_t from, uint8_t *target, size_t *written);

/* The first of three bytes at or after an offset, or the count. */
size_t cscan_three(const uint8_t *bytes, size_t count, size_t from, uint8_t one, uint8_t two, uint8_t three);

/* The first blank or control byte, `<` or `&` at or after an offset, or the count. */
size_t cscan_shown(const uint8_t *bytes, size_t count, size_t from);

#endif
