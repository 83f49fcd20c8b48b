#ifndef MINSHENG_MAIL_DECODING_H
#define MINSHENG_MAIL_DECODING_H
/* The two encodings that mails are written in, a few bytes a cycle: GMime's own filters take most of the time that a mail of
   text takes. What they let pass is let pass here, too: a damaged mail gives what it still holds. */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef enum { mailPlain, mailBase64, mailQuotedPrintable } MailEncoding;

/* Spaces that may stand between an equals sign and the end of its line; more of them are text. */
enum { mostSpaces = 80 };
/* What a piece may come to beyond its own length: a quantum, or an equals sign with the spaces behind it. */
enum { decodingRoom = mostSpaces + 8 };

/* Where the decoding of a part stands between two pieces of it. */
typedef struct {
    MailEncoding encoding;
    /* Base64: the letters of a quantum that is not whole, and how many they are. */
    uint32_t letters;
    unsigned count;
    /* Quoted-printable: what stands behind an equals sign, and how much. */
    uint8_t held[mostSpaces + 2];
    unsigned heldCount;
} MailDecoder;

/* What the four letters of a quantum come to, by place; a byte that is no letter has a bit above the 24. */
static uint32_t base64Letters[4][256];

static void mail_decoding_prepare(void) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    memset(base64Letters, 0xFF, sizeof base64Letters);
    for (uint32_t value = 0; value < 64; value++)
        for (int place = 0; place < 4; place++) base64Letters[place][(uint8_t)letters[value]] = value << (18 - 6 * place);
}

/* Letters become bytes, whatever else stands between them is passed over; an equals sign ends a quantum, also in the middle of a
   part, as where several texts were encoded one by one. */
static size_t mail_base64(MailDecoder *decoder, const uint8_t *bytes, size_t count, uint8_t *target) {
    uint8_t *out = target;
    size_t at = 0;
    while (at < count) {
        if (decoder->count == 0) {
            while (count - at >= 4) {
                uint32_t quantum = base64Letters[0][bytes[at]] | base64Letters[1][bytes[at + 1]]
                    | base64Letters[2][bytes[at + 2]] | base64Letters[3][bytes[at + 3]];
                if (quantum >> 24) break;
                out[0] = (uint8_t)(quantum >> 16);
                out[1] = (uint8_t)(quantum >> 8);
                out[2] = (uint8_t)quantum;
                out += 3;
                at += 4;
            }
            if (at >= count) break;
        }
        uint8_t byte = bytes[at++];
        uint32_t letter = base64Letters[3][byte];
        if (letter < 64) {
            decoder->letters = decoder->letters << 6 | letter;
            if (++decoder->count < 4) continue;
            *out++ = (uint8_t)(decoder->letters >> 16);
            *out++ = (uint8_t)(decoder->letters >> 8);
            *out++ = (uint8_t)decoder->letters;
        } else if (byte == '=') {
            if (decoder->count > 1) *out++ = (uint8_t)(decoder->letters >> (decoder->count == 2 ? 4 : 10));
            if (decoder->count > 2) *out++ = (uint8_t)(decoder->letters >> 2);
        } else {
            continue;
        }
        decoder->letters = 0;
        decoder->count = 0;
    }
    return (size_t)(out - target);
}

static inline int mail_hex(uint8_t byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* What stands behind an equals sign decides: two digits are a byte, the end of the line joins it with the next, anything else is
   text as it stands. */
static size_t mail_quoted_printable(MailDecoder *decoder, const uint8_t *bytes, size_t count, uint8_t *target) {
    uint8_t *out = target;
    size_t at = 0;
    while (at < count) {
        if (decoder->heldCount == 0) {
            while (at < count && bytes[at] != '=') *out++ = bytes[at++];
            /* Chinese is one such after the other. */
            while (count - at >= 3 && bytes[at] == '=') {
                int high = mail_hex(bytes[at + 1]), low = mail_hex(bytes[at + 2]);
                if ((high | low) < 0) break;
                *out++ = (uint8_t)(high << 4 | low);
                at += 3;
            }
            if (at >= count) break;
            if (bytes[at] != '=') continue;
            decoder->held[decoder->heldCount++] = bytes[at++];
            continue;
        }
        uint8_t byte = bytes[at++];
        uint8_t last = decoder->held[decoder->heldCount - 1];
        if (byte == '\n') {
            /* Nothing but blanks stood before it, and perhaps a return. */
            decoder->heldCount = 0;
            continue;
        }
        int isBlank = byte == ' ' || byte == '\t' || byte == '\r';
        int isFirstDigit = decoder->heldCount == 1 && mail_hex(byte) >= 0;
        int isDigit = decoder->heldCount == 2 && mail_hex(last) >= 0;
        if (isDigit && mail_hex(byte) >= 0) {
            *out++ = (uint8_t)(mail_hex(last) << 4 | mail_hex(byte));
            decoder->heldCount = 0;
        } else if (!isDigit && last != '\r' && (isFirstDigit || (isBlank && decoder->heldCount <= mostSpaces))) {
            decoder->held[decoder->heldCount++] = byte;
        } else {
            memcpy(out, decoder->held, decoder->heldCount);
            out += decoder->heldCount;
            decoder->heldCount = 0;
            /* It may be an equals sign itself. */
            at--;
        }
    }
    return (size_t)(out - target);
}

/* Decodes a piece; there must be room for it and `decodingRoom` more. */
static size_t mail_decode(MailDecoder *decoder, const uint8_t *bytes, size_t count, uint8_t *target) {
    switch (decoder->encoding) {
    case mailBase64: return mail_base64(decoder, bytes, count, target);
    case mailQuotedPrintable: return mail_quoted_printable(decoder, bytes, count, target);
    default: memcpy(target, bytes, count); return count;
    }
}

/* What is left at the end of a part: a last quantum without its equals signs. */
static size_t mail_decode_end(MailDecoder *decoder, uint8_t *target) {
    static const uint8_t equals = '=';
    return decoder->encoding == mailBase64 ? mail_base64(decoder, &equals, 1, target) : 0;
}

#endif
