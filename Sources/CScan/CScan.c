#include "CScan.h"

#include <string.h>

#if defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

size_t cscan_line_feeds(const uint8_t *bytes, size_t count) {
    size_t found = 0, at = 0;
    while (at + 16 <= count) {
        /* Sixteen sums of at most 255 each. */
        cscan_vector sums = {0};
        size_t end = count - at > 255 * 16 ? at + 255 * 16 : count;
        for (; at + 16 <= end; at += 16) sums -= (cscan_vector)(cscan_at(bytes + at) == cscan_all('\n'));
        for (int lane = 0; lane < 16; lane++) found += sums[lane];
    }
    for (; at < count; at++) found += bytes[at] == '\n';
    return found;
}

static inline int is_tail(const uint8_t *bytes, size_t count, size_t at) { return at < count && (bytes[at] & 0xC0) == 0x80; }

/* The length of the character at an offset, 0 where there is none. */
static inline size_t character(const uint8_t *bytes, size_t count, size_t at) {
    uint8_t lead = bytes[at];
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4 || !is_tail(bytes, count, at + 1)) return 0;
    if (lead < 0xE0) return 2;
    uint8_t second = bytes[at + 1];
    if (!is_tail(bytes, count, at + 2)) return 0;
    /* Too long a form, and surrogates. */
    if (lead < 0xF0) return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ? 0 : 3;
    if (!is_tail(bytes, count, at + 3)) return 0;
    return (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90) ? 0 : 4;
}

_Bool cscan_is_utf8(const uint8_t *bytes, size_t count) {
    /* Five characters of three bytes, as Chinese has them in long runs; what stands behind them is not looked at. */
    const cscan_vector bits = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0};
    const cscan_vector form = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0};
    const cscan_vector leads = {255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0};
    size_t at = 0;
    while (at + 16 <= count) {
        cscan_vector block = cscan_at(bytes + at);
        uint64_t high = cscan_mask((cscan_vector)(block >= cscan_all(0x80)));
        if (!high) {
            at += 16;
            continue;
        }
        /* The second byte of E0 and ED is bound further. */
        cscan_vector other = (cscan_vector)((block & bits) != form)
            | (((cscan_vector)(block == cscan_all(0xE0)) | (cscan_vector)(block == cscan_all(0xED))) & leads);
        if (!cscan_mask(other)) {
            at += 15;
            continue;
        }
        at += (size_t)__builtin_ctzll(high) >> CSCAN_SHIFT;
        size_t length = character(bytes, count, at);
        if (length == 0) return 0;
        at += length;
    }
    while (at < count) {
        size_t length = character(bytes, count, at);
        if (length == 0) return 0;
        at += length;
    }
    return 1;
}

/* What 64 bytes hold, one bit a byte. */
struct marks {
    uint64_t quotes;
    uint64_t backslashes;
    uint64_t opens;   /* { [ */
    uint64_t closes;  /* } ] */
    uint64_t foreign; /* what stands nowhere but in strings: ' ` and bytes from 80 up */
    uint64_t follows; /* what may stand behind a string: white space , : } ] */
};

#if defined(__SSE2__)
#define BITS(vector) cscan_mask((cscan_vector)(vector))
#elif defined(__aarch64__) && defined(__ARM_NEON)
static inline uint64_t bits(cscan_vector bytes) {
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t high = vcltzq_s8((int8x16_t)bytes);
    uint8x16_t set = vandq_u8(high, vld1q_u8(weights));
    return (uint64_t)vaddv_u8(vget_low_u8(set)) | (uint64_t)vaddv_u8(vget_high_u8(set)) << 8;
}
#define BITS(vector) bits((cscan_vector)(vector))
#else
static inline uint64_t bits(cscan_vector bytes) {
    uint64_t mask = 0;
    for (int lane = 0; lane < 16; lane++) mask |= (uint64_t)(bytes[lane] >> 7) << lane;
    return mask;
}
#define BITS(vector) bits((cscan_vector)(vector))
#endif

static inline void look(const uint8_t *bytes, struct marks *marks) {
    memset(marks, 0, sizeof *marks);
    for (int part = 0; part < 4; part++) {
        cscan_vector block = cscan_at(bytes + part * 16);
        cscan_vector folded = block | cscan_all(0x20);
        cscan_vector close = (cscan_vector)(folded == cscan_all('}'));
        int shift = part * 16;
        marks->quotes |= BITS(block == cscan_all('"')) << shift;
        marks->backslashes |= BITS(block == cscan_all('\\')) << shift;
        marks->opens |= BITS(folded == cscan_all('{')) << shift;
        marks->closes |= BITS(close) << shift;
        /* Bytes from 80 up have the bit already. */
        marks->foreign |= BITS(block | (cscan_vector)(block == cscan_all('\'')) | (cscan_vector)(block == cscan_all('`'))) << shift;
        marks->follows |= BITS(
            close | (cscan_vector)(block <= cscan_all(0x20)) | (cscan_vector)(block == cscan_all(','))
            | (cscan_vector)(block == cscan_all(':'))) << shift;
    }
}

/* The bytes behind a backslash that is not itself behind one; `carry` is whether the first byte of the next 64 is. The
   arithmetic is simdjson's: a run of backslashes is carried over by adding its first one, and lands on an odd or even byte. */
static inline uint64_t escaped(uint64_t backslashes, uint64_t *carry) {
    if (!backslashes) {
        uint64_t result = *carry;
        *carry = 0;
        return result;
    }
    const uint64_t even = 0x5555555555555555;
    backslashes &= ~*carry;
    uint64_t behind = backslashes << 1 | *carry;
    uint64_t oddStarts = backslashes & ~even & ~behind;
    uint64_t evenRuns;
    *carry = __builtin_add_overflow(oddStarts, backslashes, &evenRuns);
    return (even ^ evenRuns << 1) & behind;
}

/* Each bit is whether an odd number of bits stands at or below it. */
static inline uint64_t parity(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

/* True where a bracket may open behind what stands before it: behind : in an object, behind [ or , in an array. */
static int may_open(const uint8_t *bytes, size_t start, size_t at, int is_in_object) {
    while (at > start && bytes[at - 1] <= 0x20) at--;
    if (at == start) return 0;
    uint8_t before = bytes[at - 1];
    return is_in_object ? before == ':' : before == ',' || before == '[';
}

/* What a walk through JSON carries from one block of 64 bytes to the next. */
struct walk {
    uint64_t in_string, escape, after_string;
};

/*
 * The brackets of a block that stand in no string. `opens`: which of them open; `bad`: the first byte that JSON can't have
 * there, 64 for none. Of a last block `left` bytes count.
 */
static inline __attribute__((always_inline)) uint64_t walk_block(
    struct walk *walk, const uint8_t *block, size_t left, uint64_t *opens, unsigned *bad) {
    uint8_t rest[64];
    if (left < 64) {
        memset(rest, ' ', sizeof rest);
        memcpy(rest, block, left);
        block = rest;
    }
    struct marks marks;
    look(block, &marks);
    uint64_t quotes = marks.quotes & ~escaped(marks.backslashes, &walk->escape);
    /* From an opening quote up to the closing one, which is not in it. */
    uint64_t inside = parity(quotes) ^ walk->in_string;
    walk->in_string = (uint64_t)((int64_t)inside >> 63);
    uint64_t closing = quotes & ~inside;
    uint64_t outside = ~(inside | quotes);
    uint64_t wrong =
        (outside & (marks.foreign | marks.backslashes)) | ((closing << 1 | walk->after_string) & ~marks.follows);
    walk->after_string = closing >> 63;
    *bad = wrong ? (unsigned)__builtin_ctzll(wrong) : 64;
    *opens = marks.opens;
    return (marks.opens | marks.closes) & outside;
}

size_t cscan_objects(
    const uint8_t *bytes, size_t count, size_t from, size_t most, size_t longest, uint32_t *starts, size_t room,
    size_t *found) {
    *found = 0;
    size_t end = from;   /* where the last whole object ends */
    size_t start = from; /* where the open one begins */
    while (start < count && (bytes[start] <= 0x20 || bytes[start] == ',')) start++;
    if (start >= count || bytes[start] != '{' || most == 0 || room == 0) return end;
    /* One bit an open bracket, the innermost lowest: 1 for an object. */
    uint64_t objects = 0;
    unsigned depth = 0;
    struct walk walk = {0, 0, 0};
    for (size_t base = start; base < count; base += 64) {
        uint64_t opens;
        unsigned bad;
        uint64_t brackets = walk_block(&walk, bytes + base, count - base, &opens, &bad);
        for (; brackets; brackets &= brackets - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(brackets);
            if (bit >= bad) return end;
            size_t at = base + bit;
            if (opens >> bit & 1) {
                /* A bracket in front of an object that is to come has been seen already. */
                if (depth == 64 || (depth > 0 && !may_open(bytes, start, at, objects & 1))) return end;
                objects = objects << 1 | (bytes[at] == '{');
                depth++;
                continue;
            }
            if (depth == 0 || (objects & 1) != (bytes[at] == '}')) return end;
            objects >>= 1;
            if (--depth) continue;
            if (at + 1 - start > longest) return end;
            starts[(*found)++] = (uint32_t)(start - from);
            end = at + 1;
            start = end;
            while (start < count && (bytes[start] <= 0x20 || bytes[start] == ',')) start++;
            if (start >= count || bytes[start] != '{' || end - from >= most || *found == room) return end;
        }
        if (bad < 64) return end;
    }
    return end;
}

size_t cscan_value(const uint8_t *bytes, size_t count, size_t start) {
    uint64_t objects = 0;
    unsigned depth = 0;
    struct walk walk = {0, 0, 0};
    for (size_t base = start; base < count; base += 64) {
        uint64_t opens;
        unsigned bad;
        uint64_t brackets = walk_block(&walk, bytes + base, count - base, &opens, &bad);
        for (; brackets; brackets &= brackets - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(brackets);
            if (bit >= bad) return 0;
            size_t at = base + bit;
            if (opens >> bit & 1) {
                if (depth == 64 || (depth > 0 && !may_open(bytes, start, at, objects & 1))) return 0;
                objects = objects << 1 | (bytes[at] == '{');
                depth++;
                continue;
            }
            if (depth == 0 || (objects & 1) != (bytes[at] == '}')) return 0;
            objects >>= 1;
            if (--depth == 0) return at + 1;
        }
        if (bad < 64) return 0;
    }
    return 0;
}

size_t cscan_string(const uint8_t *bytes, size_t count, size_t from, _Bool *is_escaped) {
    size_t base = cscan_either(bytes, count, from, '"', '\\');
    *is_escaped = base < count && bytes[base] == '\\';
    if (!*is_escaped) return base;
    uint64_t carry = 0;
    for (; base < count; base += 64) {
        uint8_t rest[64];
        const uint8_t *block = bytes + base;
        if (count - base < 64) {
            memset(rest, ' ', sizeof rest);
            memcpy(rest, block, count - base);
            block = rest;
        }
        uint64_t quotes = 0, backslashes = 0;
        for (int part = 0; part < 4; part++) {
            cscan_vector some = cscan_at(block + part * 16);
            quotes |= BITS(some == cscan_all('"')) << part * 16;
            backslashes |= BITS(some == cscan_all('\\')) << part * 16;
        }
        quotes &= ~escaped(backslashes, &carry);
        if (quotes) return base + (size_t)__builtin_ctzll(quotes);
    }
    return count;
}

/* What a letter behind a backslash stands for; 0 where it isn't one of the simple ones. */
static const uint8_t meant[256] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
};

size_t cscan_unescape(const uint8_t *bytes, size_t count, size_t from, uint8_t *target, size_t *written) {
    const cscan_vector backslash = cscan_all('\\');
    size_t at = from;
    uint8_t *out = target + *written;
    while (at < count) {
        size_t plain;
        if (count - at >= 16) {
            cscan_vector block = cscan_at(bytes + at);
            *(cscan_anywhere *)out = block;
            uint64_t mask = cscan_mask((cscan_vector)(block == backslash));
            plain = mask ? (size_t)__builtin_ctzll(mask) >> CSCAN_SHIFT : 16;
        } else {
            for (plain = 0; plain < count - at && bytes[at + plain] != '\\'; plain++) out[plain] = bytes[at + plain];
        }
        at += plain;
        out += plain;
        /* One escape after the other: quotes around short keys and words. */
        while (at + 1 < count && bytes[at] == '\\' && meant[bytes[at + 1]]) {
            *out++ = meant[bytes[at + 1]];
            at += 2;
        }
        if (at < count && bytes[at] == '\\') break;
    }
    *written = (size_t)(out - target);
    return at;
}

size_t cscan_three(const uint8_t *bytes, size_t count, size_t from, uint8_t one, uint8_t two, uint8_t three) {
    const cscan_vector ones = cscan_all(one), twos = cscan_all(two), threes = cscan_all(three);
    size_t at = from;
    for (; at + 16 <= count; at += 16) {
        cscan_vector block = cscan_at(bytes + at);
        uint64_t mask = cscan_mask((cscan_vector)((block == ones) | (block == twos) | (block == threes)));
        if (mask) return at + ((size_t)__builtin_ctzll(mask) >> CSCAN_SHIFT);
    }
    for (; at < count; at++)
        if (bytes[at] == one || bytes[at] == two || bytes[at] == three) return at;
    return count;
}

size_t cscan_shown(const uint8_t *bytes, size_t count, size_t from) {
    size_t at = from;
    for (; at + 16 <= count; at += 16) {
        cscan_vector block = cscan_at(bytes + at);
        uint64_t mask = cscan_mask(
            (cscan_vector)((block <= cscan_all(0x20)) | (block == cscan_all('<')) | (block == cscan_all('&'))));
        if (mask) return at + ((size_t)__builtin_ctzll(mask) >> CSCAN_SHIFT);
    }
    for (; at < count; at++)
        if (bytes[at] <= 0x20 || bytes[at] == '<' || bytes[at] == '&') return at;
    return count;
}
