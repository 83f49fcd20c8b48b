#include "CMail.h"

#include "MailDecoding.h"

#include <gmime/gmime.h>
#include <string.h>

// --- A stream of GMime's over a callback ---------------------------------------------------------------------------------------

/* What was read last: GMime's parser asks for 4 KiB at a time. */
typedef struct {
    gint64 start, count;
    char bytes[1 << 16];
} ReadAhead;

typedef struct {
    GMimeStream parent_object;
    void *context;
    CMailRead read;
    ReadAhead *ahead;
} CMailStream;

typedef struct {
    GMimeStreamClass parent_class;
} CMailStreamClass;

G_DEFINE_TYPE(CMailStream, cmail_stream, GMIME_TYPE_STREAM)

static gint64 end_of(GMimeStream *stream) { return stream->bound_end; }

static ssize_t stream_read(GMimeStream *stream, char *target, size_t count) {
    CMailStream *own = (CMailStream *)stream;
    if (stream->position >= end_of(stream)) return 0;
    gint64 left = end_of(stream) - stream->position;
    if ((gint64)count > left) count = (size_t)left;
    ReadAhead *ahead = own->ahead;
    long long got;
    if (count >= sizeof ahead->bytes) {
        got = own->read(own->context, stream->position, target, (long long)count);
    } else {
        if (stream->position < ahead->start || stream->position >= ahead->start + ahead->count) {
            ahead->count = 0;
            got = own->read(own->context, stream->position, ahead->bytes, sizeof ahead->bytes);
            if (got <= 0) return (ssize_t)got;
            ahead->start = stream->position;
            ahead->count = got;
        }
        gint64 skipped = stream->position - ahead->start;
        got = ahead->count - skipped;
        if (got > (long long)count) got = (long long)count;
        memcpy(target, ahead->bytes + skipped, (size_t)got);
    }
    if (got > 0) stream->position += got;
    return (ssize_t)got;
}

static gint64 stream_seek(GMimeStream *stream, gint64 offset, GMimeSeekWhence whence) {
    gint64 target = offset;
    if (whence == GMIME_STREAM_SEEK_CUR) target += stream->position;
    if (whence == GMIME_STREAM_SEEK_END) target += end_of(stream);
    if (target < stream->bound_start || target > end_of(stream)) return -1;
    return stream->position = target;
}

static gboolean stream_eos(GMimeStream *stream) { return stream->position >= end_of(stream); }
static int stream_reset(GMimeStream *stream) { stream->position = stream->bound_start; return 0; }
static gint64 stream_tell(GMimeStream *stream) { return stream->position; }
static gint64 stream_length(GMimeStream *stream) { return end_of(stream) - stream->bound_start; }
static ssize_t stream_write(GMimeStream *stream, const char *bytes, size_t count) {
    (void)stream; (void)bytes; (void)count;
    return -1;
}
static int stream_nothing(GMimeStream *stream) { (void)stream; return 0; }

static GMimeStream *make_stream(void *context, CMailRead read, ReadAhead *ahead, gint64 start, gint64 end) {
    CMailStream *stream = g_object_new(cmail_stream_get_type(), NULL);
    stream->context = context;
    stream->read = read;
    stream->ahead = ahead;
    g_mime_stream_construct((GMimeStream *)stream, start, end);
    return (GMimeStream *)stream;
}

static GMimeStream *stream_substream(GMimeStream *stream, gint64 start, gint64 end) {
    CMailStream *own = (CMailStream *)stream;
    return make_stream(own->context, own->read, own->ahead, start, end == -1 ? end_of(stream) : end);
}

static void cmail_stream_class_init(CMailStreamClass *kind) {
    GMimeStreamClass *stream = (GMimeStreamClass *)kind;
    stream->read = stream_read;
    stream->write = stream_write;
    stream->flush = stream_nothing;
    stream->close = stream_nothing;
    stream->eos = stream_eos;
    stream->reset = stream_reset;
    stream->seek = stream_seek;
    stream->tell = stream_tell;
    stream->length = stream_length;
    stream->substream = stream_substream;
}

static void cmail_stream_init(CMailStream *stream) { (void)stream; }

// --- The parts of a mail -------------------------------------------------------------------------------------------------------

typedef struct {
    GMimePart *part;
    char *type;
    char *name;
    int alternative;
    int isAttachment;
} Leaf;

struct CMail {
    GMimeStream *stream;
    ReadAhead *ahead;
    GPtrArray *messages;
    GArray *leaves;
    /* The part that is being read: its bytes as they stand in the mail, or through filters of GMime's. */
    GMimeStream *reading;
    int isDecodedHere;
    MailDecoder decoder;
    /* A piece of the part as it stands, and what of it is decoded. */
    uint8_t *piece;
    size_t pieceCount, pieceDone;
    /* What was decoded and not asked for yet. */
    uint8_t *rest;
    size_t restCount, restDone;
    int alternatives;
};

/* So much is read at once, and decoded at once where little is asked for. */
enum { pieceRoom = sizeof(((ReadAhead *)0)->bytes), restPiece = 1 << 12 };

/// More parts than this are a mistake or an attack.
enum { mostParts = 20000, deepest = 32 };

static char *lower_type(GMimeObject *object) {
    GMimeContentType *type = g_mime_object_get_content_type(object);
    char *written = type ? g_mime_content_type_get_mime_type(type) : NULL;
    char *small = g_ascii_strdown(written ? written : "text/plain", -1);
    g_free(written);
    return small;
}

static void add_leaf(CMail *mail, GMimePart *part, int alternative) {
    if (mail->leaves->len >= mostParts) return;
    const char *name = g_mime_part_get_filename(part);
    Leaf leaf = {part, lower_type((GMimeObject *)part), NULL, alternative, g_mime_part_is_attachment(part) ? 1 : 0};
    leaf.name = name && g_utf8_validate(name, -1, NULL) ? g_strdup(name) : name ? g_utf8_make_valid(name, -1) : g_strdup("");
    g_array_append_val(mail->leaves, leaf);
}

static void walk(CMail *mail, GMimeObject *object, int alternative, int depth) {
    if (!object || depth > deepest) return;
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart *many = (GMimeMultipart *)object;
        GMimeContentType *type = g_mime_object_get_content_type(object);
        int inner = alternative;
        if (!inner && type && g_mime_content_type_is_type(type, "multipart", "alternative")) inner = ++mail->alternatives;
        for (int index = 0; index < g_mime_multipart_get_count(many); index++)
            walk(mail, g_mime_multipart_get_part(many, index), inner, depth + 1);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *message = g_mime_message_part_get_message((GMimeMessagePart *)object);
        if (message) walk(mail, g_mime_message_get_mime_part(message), 0, depth + 1);
    } else if (GMIME_IS_PART(object)) {
        add_leaf(mail, (GMimePart *)object, alternative);
    }
}

CMail *cmail_open(void *context, long long size, CMailRead read, int isMailbox) {
    static gsize isReady = 0;
    if (g_once_init_enter(&isReady)) {
        g_mime_init();
        mail_decoding_prepare();
        g_once_init_leave(&isReady, 1);
    }
    CMail *mail = g_new0(CMail, 1);
    mail->ahead = g_new0(ReadAhead, 1);
    mail->stream = make_stream(context, read, mail->ahead, 0, size);
    mail->messages = g_ptr_array_new_with_free_func(g_object_unref);
    mail->leaves = g_array_new(FALSE, FALSE, sizeof(Leaf));
    GMimeParser *parser = g_mime_parser_new_with_stream(mail->stream);
    g_mime_parser_set_format(parser, isMailbox ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    // Parts are places in the file, not copies.
    g_mime_parser_set_persist_stream(parser, TRUE);
    do {
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (!message) break;
        g_ptr_array_add(mail->messages, message);
        walk(mail, g_mime_message_get_mime_part(message), 0, 0);
    } while (isMailbox && !g_mime_parser_eos(parser) && mail->leaves->len < mostParts);
    g_object_unref(parser);
    if (mail->messages->len == 0) {
        cmail_close(mail);
        return NULL;
    }
    return mail;
}

int cmail_count(const CMail *mail) { return (int)mail->leaves->len; }

int cmail_part(const CMail *mail, int index, CMailPart *part) {
    if (index < 0 || index >= (int)mail->leaves->len) return 0;
    Leaf *leaf = &g_array_index(mail->leaves, Leaf, index);
    part->type = leaf->type;
    part->name = leaf->name;
    part->alternative = leaf->alternative;
    part->isAttachment = leaf->isAttachment;
    return 1;
}

/// True for character sets that the reader of exports doesn't tell by itself.
static int needs_conversion(const char *charset) {
    static const char *const foreign[] = {"big5", "hz-gb", "utf-7", "iso-2022", "euc-", "shift", "utf-32", "johab", "viscii", NULL};
    for (int index = 0; charset && foreign[index]; index++)
        if (g_ascii_strncasecmp(charset, foreign[index], strlen(foreign[index])) == 0) return 1;
    return 0;
}

/// Begins to decode a part through GMime's filters: rare encodings, and character sets that are to be converted.
static void read_through_filters(CMail *mail, GMimeStream *raw, GMimeContentEncoding encoding, const char *charset) {
    mail->reading = g_mime_stream_filter_new(raw);
    GMimeFilter *filters[2] = {NULL, NULL};
    if (encoding != GMIME_CONTENT_ENCODING_DEFAULT && encoding != GMIME_CONTENT_ENCODING_BINARY)
        filters[0] = g_mime_filter_basic_new(encoding, FALSE);
    if (charset) filters[1] = g_mime_filter_charset_new(charset, "utf-8");
    for (int index = 0; index < 2; index++) {
        if (!filters[index]) continue;
        g_mime_stream_filter_add((GMimeStreamFilter *)mail->reading, filters[index]);
        g_object_unref(filters[index]);
    }
}

int cmail_select(CMail *mail, int index) {
    if (mail->reading) g_object_unref(mail->reading);
    mail->reading = NULL;
    if (index < 0 || index >= (int)mail->leaves->len) return 0;
    Leaf *leaf = &g_array_index(mail->leaves, Leaf, index);
    GMimeDataWrapper *content = g_mime_part_get_content(leaf->part);
    if (!content) return 0;
    GMimeStream *raw = g_mime_data_wrapper_get_stream(content);
    if (!raw || g_mime_stream_reset(raw) == -1) return 0;
    GMimeContentEncoding encoding = g_mime_data_wrapper_get_encoding(content);
    const char *charset = g_mime_object_get_content_type_parameter((GMimeObject *)leaf->part, "charset");
    mail->isDecodedHere = encoding != GMIME_CONTENT_ENCODING_UUENCODE && !needs_conversion(charset);
    if (!mail->isDecodedHere) {
        read_through_filters(mail, raw, encoding, needs_conversion(charset) ? charset : NULL);
        return 1;
    }
    mail->reading = g_object_ref(raw);
    memset(&mail->decoder, 0, sizeof mail->decoder);
    mail->decoder.encoding = encoding == GMIME_CONTENT_ENCODING_BASE64 ? mailBase64
        : encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE            ? mailQuotedPrintable
                                                                        : mailPlain;
    mail->pieceCount = mail->pieceDone = mail->restCount = mail->restDone = 0;
    if (!mail->piece) mail->piece = g_malloc(pieceRoom);
    if (!mail->rest) mail->rest = g_malloc(restPiece + decodingRoom);
    return 1;
}

/// Decodes what there is room for, at least something where there is anything left.
static long long decode_on(CMail *mail, uint8_t *target, size_t count) {
    for (;;) {
        if (mail->restDone < mail->restCount) {
            size_t taken = mail->restCount - mail->restDone;
            if (taken > count) taken = count;
            memcpy(target, mail->rest + mail->restDone, taken);
            mail->restDone += taken;
            return (long long)taken;
        }
        int isEnd = 0;
        if (mail->pieceDone == mail->pieceCount) {
            ssize_t got = g_mime_stream_read(mail->reading, (char *)mail->piece, pieceRoom);
            if (got < 0) return -1;
            mail->pieceDone = 0;
            mail->pieceCount = (size_t)got;
            isEnd = got == 0;
        }
        const uint8_t *piece = mail->piece + mail->pieceDone;
        size_t length = mail->pieceCount - mail->pieceDone;
        if (count > restPiece && !isEnd) {
            if (length > count - decodingRoom) length = count - decodingRoom;
            mail->pieceDone += length;
            size_t got = mail_decode(&mail->decoder, piece, length, target);
            if (got) return (long long)got;
            continue;
        }
        if (length > restPiece) length = restPiece;
        mail->pieceDone += length;
        mail->restDone = 0;
        mail->restCount =
            isEnd ? mail_decode_end(&mail->decoder, mail->rest) : mail_decode(&mail->decoder, piece, length, mail->rest);
        if (isEnd && mail->restCount == 0) return 0;
    }
}

long long cmail_read(CMail *mail, void *target, long long count) {
    if (!mail->reading || count <= 0) return 0;
    if (mail->isDecodedHere) return decode_on(mail, target, (size_t)count);
    for (;;) {
        ssize_t got = g_mime_stream_read(mail->reading, target, (size_t)count);
        if (got != 0) return got;
        // A filter may swallow a piece whole.
        if (g_mime_stream_eos(mail->reading)) return 0;
    }
}

void cmail_close(CMail *mail) {
    if (mail->reading) g_object_unref(mail->reading);
    for (guint index = 0; index < mail->leaves->len; index++) {
        Leaf *leaf = &g_array_index(mail->leaves, Leaf, index);
        g_free(leaf->type);
        g_free(leaf->name);
    }
    g_array_free(mail->leaves, TRUE);
    g_ptr_array_free(mail->messages, TRUE);
    g_object_unref(mail->stream);
    g_free(mail->ahead);
    g_free(mail->piece);
    g_free(mail->rest);
    g_free(mail);
}
