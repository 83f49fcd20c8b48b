#ifndef MINSHENG_CMAIL_H
#define MINSHENG_CMAIL_H

/// GMime's parser of mail behind plain C types.
///
/// It reads through a callback at any offset, so that a mail may lie inside an archive. Only the structure of a mail is held in
/// memory; the parts are decoded while they are read. One mail belongs to one thread at a time.
typedef struct CMail CMail;

/// Reads up to `count` bytes at `offset`: the number read, 0 at the end, -1 on an error.
typedef long long (*CMailRead)(void *context, long long offset, void *target, long long count);

typedef struct {
    /// The media type in small letters, such as `text/plain`; valid while the mail is open, like the name.
    const char *type;
    /// The file name, UTF-8; empty where there is none.
    const char *name;
    /// The number of the alternatives that the part is one of, from 1; 0 where it stands alone.
    int alternative;
    /// 1 where the sender marked it as an attachment.
    int isAttachment;
} CMailPart;

/// A mail of `size` bytes, or with `isMailbox` many of them behind `From ` lines; a null pointer where it cannot be read.
CMail *cmail_open(void *context, long long size, CMailRead read, int isMailbox);

/// The number of parts that hold something, in the order of the mail.
int cmail_count(const CMail *mail);

/// What a part is: 1, or 0 where there is no such part.
int cmail_part(const CMail *mail, int index, CMailPart *part);

/// Begins to read a part: 1, or 0 where it cannot be decoded.
int cmail_select(CMail *mail, int index);

/// Decodes on: the number of bytes, 0 at the end of the part, -1 on an error.
long long cmail_read(CMail *mail, void *target, long long count);

/// Ends it.
void cmail_close(CMail *mail);

#endif
