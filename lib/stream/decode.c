/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding as it streams: a raw window in front, iconv behind it. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "stream/decode.h"

#define WINDOW 65536
/* A character of any encoding here is at most this long in UTF-8. */
#define LONGEST 4
#define FEW 16			/* too few bytes to judge by */

struct decode {
	enum encoding asked, is;	/* is AUTO: only ASCII so far */
	bool big_end;			/* of UTF-16 */
	bool started, raw_end;
	iconv_t iconv;
	struct buf raw;			/* read, not yet decoded */
	size_t raw_at;
	struct buf head;		/* decoded by decode_peek() */
	size_t head_at;
	char spill[LONGEST];		/* decoded, did not fit a short read */
	size_t spill_n, spill_at;
};

struct decode *decode_new(enum encoding encoding)
{
	struct decode *d = mem_zalloc(1, sizeof(*d));

	d->asked = encoding;
	d->is = encoding;
	d->iconv = (iconv_t)-1;
	return d;
}

void decode_free(struct decode *d)
{
	if (!d)
		return;
	if (d->iconv != (iconv_t)-1)
		iconv_close(d->iconv);
	buf_release(&d->raw);
	buf_release(&d->head);
	free(d);
}

const char *decode_name(const struct decode *d)
{
	static const char *const name[] = {
		[DECODE_AUTO] = "ascii",
		[DECODE_UTF8] = "utf-8",
		[DECODE_GB18030] = "gb18030",
		[DECODE_UTF16] = "utf-16le",
		[DECODE_LATIN1] = "latin1",
	};

	return d->is == DECODE_UTF16 && d->big_end ? "utf-16be" : name[d->is];
}

/* ---- what it looks like ---- */

static size_t ascii_run(const char *p, size_t n)
{
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		uint64_t word;

		memcpy(&word, p + i, 8);
		if (word & 0x8080808080808080)
			break;
	}
	while (i < n && !((unsigned char)p[i] & 0x80))
		i++;
	return i;
}

/* Bytes of the GB18030 character at the front: 1, 2 or 4, 0 when malformed;
 * n + 1 when it is cut off. */
static size_t gb_length(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] == 0x80 || p[0] == 0xFF)
		return 0;
	if (n < 2)
		return n + 1;
	if (p[1] >= 0x40 && p[1] != 0x7F && p[1] != 0xFF)
		return 2;
	if (p[1] < 0x30 || p[1] > 0x39)
		return 0;
	if (n < 4)
		return n + 1;
	return p[2] >= 0x81 && p[2] <= 0xFE && p[3] >= 0x30 && p[3] <= 0x39 ?
		       4 :
		       0;
}

/*
 * Hardly any byte is malformed, and of most characters the second one is no
 * ASCII: the letters after the accents of Latin-1 make pairs as well ("Tr\xe8s"
 * has one), but in Chinese text that is rare.
 */
static bool looks_gb18030(const char *p, size_t n, bool last)
{
	size_t good = 0, bad = 0, high = 0;

	for (size_t i = 0; i < n;) {
		size_t len = gb_length((const unsigned char *)p + i, n - i);

		if (len > n - i) {
			bad += last;
			break;
		}
		if (len > 1) {
			good++;
			high += len == 4 || ((unsigned char)p[i + 1] & 0x80);
		}
		if (len == 0)
			bad++;
		i += len ? len : 1;
	}
	return bad * 100 <= good && high * 2 >= good;
}

/* How many bytes beyond ASCII stand in sequences of UTF-8, and how many not.
 * A character cut off at the end is neither, unless it is the last. */
static void weigh_utf8(const char *p, size_t n, bool last, size_t *in,
		       size_t *out)
{
	*in = *out = 0;
	for (size_t i = 0, len; i < n; i += len) {
		i += ascii_run(p + i, n - i);
		if (i == n)
			return;
		if (utf8_decode(p + i, n - i, &len) != 0xFFFD || len > 1)
			*in += len;
		else if (last || n - i >= LONGEST)
			*out += 1;
	}
}

enum encoding decode_guess(const char *p, size_t n, bool last)
{
	size_t in, out;

	weigh_utf8(p, n, last, &in, &out);
	if (in > 4 * out || !looks_gb18030(p, n, last))
		return DECODE_UTF8;
	return DECODE_GB18030;
}

/* ---- the raw window ---- */

/* Reads until `want` raw bytes are there or the source ends. */
static bool fill(struct decode *d, struct source *s, size_t want)
{
	if (d->raw_at) {
		memmove(d->raw.p, d->raw.p + d->raw_at, d->raw.n - d->raw_at);
		d->raw.n -= d->raw_at;
		d->raw_at = 0;
	}
	while (d->raw.n < want && !d->raw_end) {
		size_t room = want - d->raw.n;
		ssize_t got = source_raw_read(s, buf_room(&d->raw, room), room);

		if (got < 0)
			return false;
		d->raw_end = got == 0;
		d->raw.n += (size_t)got;
	}
	return true;
}

/* What calls itself Latin-1 is Windows' code page 1252 more often than not: the
 * same but for 0x80..0x9F, which are no text in Latin-1. */
static void open_iconv(struct decode *d)
{
	const char *from = d->is == DECODE_GB18030 ? "GB18030" :
			   d->is == DECODE_LATIN1  ? "WINDOWS-1252" :
			   d->big_end		   ? "UTF-16BE" :
						     "UTF-16LE";

	d->iconv = iconv_open("UTF-8", from);
	if (d->iconv == (iconv_t)-1)
		die_errno("the system cannot convert from %s", from);
}

static void settle(struct decode *d, enum encoding is)
{
	d->is = is;
	if (is != DECODE_UTF8 && is != DECODE_AUTO)
		open_iconv(d);
}

/* UTF-16 without a mark: ASCII letters have their NUL first or second. */
static bool nuls_first(const struct buf *raw)
{
	size_t even = 0, odd = 0;

	for (size_t i = 0; i + 1 < raw->n && i < 1024; i += 2) {
		even += raw->p[i] == '\0';
		odd += raw->p[i + 1] == '\0';
	}
	return even > odd;
}

/* The byte-order mark, and what was asked for. */
static bool start(struct decode *d, struct source *s)
{
	struct text t;

	d->started = true;
	if (!fill(d, s, WINDOW))
		return false;
	t = buf_text(&d->raw);
	if ((d->is == DECODE_AUTO || d->is == DECODE_UTF8) &&
	    text_starts(t, "\xef\xbb\xbf")) {
		d->raw_at = 3;
		settle(d, DECODE_UTF8);
	} else if ((d->is == DECODE_AUTO || d->is == DECODE_UTF16) &&
		   (text_starts(t, "\xff\xfe") || text_starts(t, "\xfe\xff"))) {
		d->raw_at = 2;
		d->big_end = t.p[0] == '\xfe';
		settle(d, DECODE_UTF16);
	} else {
		d->big_end = d->is == DECODE_UTF16 && nuls_first(&d->raw);
		settle(d, d->is);
	}
	return true;
}

/* The first byte that is not ASCII is in the window: judge. */
static bool decide(struct decode *d, struct source *s)
{
	struct text t = { d->raw.p + d->raw_at, d->raw.n - d->raw_at };
	size_t beyond = 0;

	for (size_t i = 0; i < t.n && beyond < FEW; i++)
		beyond += (unsigned char)t.p[i] >> 7;
	if (beyond < FEW && !fill(d, s, t.n + WINDOW))
		return false;
	settle(d, decode_guess(d->raw.p + d->raw_at, d->raw.n - d->raw_at,
			       d->raw_end));
	return true;
}

/* ---- decoding ---- */

/* A stretch of raw bytes that iconv need not be asked about in parts: ends
 * before ASCII in GB18030; everything there is otherwise. */
static size_t stretch(const struct decode *d, const char *p, size_t n)
{
	size_t i = 0;

	if (d->is != DECODE_GB18030)
		return n;
	while (i < n && ((unsigned char)p[i] & 0x80)) {
		size_t len = gb_length((const unsigned char *)p + i, n - i);

		if (len == 0 || len > n - i)
			break;
		i += len;
	}
	return i ? i : n;
}

/* What iconv stumbles over goes out as it is: it is no UTF-8. */
static size_t pass_malformed(struct decode *d, char *to)
{
	size_t n = d->is == DECODE_UTF16 ? 2 : 1;

	*to = d->is == DECODE_UTF16 ? '\xff' : d->raw.p[d->raw_at];
	if (n > d->raw.n - d->raw_at)
		n = d->raw.n - d->raw_at;
	d->raw_at += n;
	return 1;
}

/* Decodes from the window until `to` is full or the window used up but for a
 * character cut off. Returns the bytes written. */
static size_t convert(struct decode *d, char *to, size_t n)
{
	size_t done = 0;

	while (n - done >= LONGEST && d->raw_at < d->raw.n) {
		char *in = d->raw.p + d->raw_at, *out = to + done;
		size_t left = d->raw.n - d->raw_at, room = n - done, was, k;

		k = d->is == DECODE_UTF16 ? 0 : ascii_run(in, left);
		if (k) {
			k = k < room ? k : room;
			memcpy(out, in, k);
			d->raw_at += k;
			done += k;
			continue;
		}
		was = left = stretch(d, in, left);
		if (iconv(d->iconv, &in, &left, &out, &room) != (size_t)-1 ||
		    was > left) {
			d->raw_at += was - left;
			done = (size_t)(out - to);
			continue;
		}
		if (errno == E2BIG)
			break;
		if (errno == EINVAL && !d->raw_end)
			break;
		done += pass_malformed(d, to + done);
	}
	return done;
}

/* Bytes that need no decoding, from the window first. */
static ssize_t copy(struct decode *d, struct source *s, char *to, size_t n)
{
	size_t left = d->raw.n - d->raw_at;

	if (left == 0)
		return d->raw_end ? 0 : source_raw_read(s, to, n);
	if (n > left)
		n = left;
	memcpy(to, d->raw.p + d->raw_at, n);
	d->raw_at += n;
	return (ssize_t)n;
}

/* ASCII so far: passes on a window that is all ASCII, or decides. */
static ssize_t probe(struct decode *d, struct source *s, char *to, size_t n)
{
	size_t left;

	if (d->raw_at == d->raw.n && !fill(d, s, WINDOW))
		return -1;
	left = d->raw.n - d->raw_at;
	if (ascii_run(d->raw.p + d->raw_at, left) == left)
		return copy(d, s, to, n);
	return decide(d, s) ? decode_read(d, s, to, n) : -1;
}

static ssize_t decode_on(struct decode *d, struct source *s, char *to, size_t n)
{
	for (;;) {
		size_t done = convert(d, to, n);

		if (done || (d->raw_end && d->raw_at == d->raw.n))
			return (ssize_t)done;
		if (!fill(d, s, WINDOW))
			return -1;
	}
}

/* A read that has no room for a character gets its bytes one by one. */
static ssize_t decode_short(struct decode *d, struct source *s, char *to)
{
	if (d->spill_at == d->spill_n) {
		ssize_t got = decode_on(d, s, d->spill, LONGEST);

		if (got <= 0)
			return got;
		d->spill_n = (size_t)got;
		d->spill_at = 0;
	}
	*to = d->spill[d->spill_at++];
	return 1;
}

ssize_t decode_read(void *ctx, struct source *s, char *to, size_t n)
{
	struct decode *d = ctx;

	if (d->head_at < d->head.n) {
		if (n > d->head.n - d->head_at)
			n = d->head.n - d->head_at;
		memcpy(to, d->head.p + d->head_at, n);
		d->head_at += n;
		return (ssize_t)n;
	}
	if (!d->started && !start(d, s))
		return -1;
	if (d->is == DECODE_AUTO)
		return probe(d, s, to, n);
	if (d->is == DECODE_UTF8)
		return copy(d, s, to, n);
	if (n < LONGEST || d->spill_at < d->spill_n)
		return n ? decode_short(d, s, to) : 0;
	return decode_on(d, s, to, n);
}

struct text decode_peek(struct decode *d, struct source *s, size_t want,
			bool *whole)
{
	*whole = false;
	d->head_at = d->head.n;
	while (d->head.n < want) {
		size_t room = want + LONGEST - d->head.n;
		ssize_t got = decode_read(d, s, buf_room(&d->head, room), room);

		if (got < 0)
			return (struct text){ 0 };
		if (got == 0) {
			*whole = true;
			break;
		}
		d->head.n += (size_t)got;
		d->head_at = d->head.n;
	}
	d->head_at = 0;
	buf_add(&d->head, "", 0);
	return buf_text(&d->head);
}
