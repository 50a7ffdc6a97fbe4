/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * instant_zone() of day.h: offsets of time zones, read from the system's
 * compiled zone files (TZif, RFC 8536) and not through TZ, so that neither
 * the environment nor another thread can change an answer. Past the last
 * transition that a file lists, its footer rules (a POSIX TZ string).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "base/zone_rule.h"

#define ZONE_DIR "/usr/share/zoneinfo/"

enum {
	NAME_MAX_BYTES = 64,
	FILE_MAX_BYTES = 65536,	/* the largest that Debian ships has 4 kB */
	HEADER_BYTES = 44,
	TYPE_BYTES = 6
};

/* A file's content that is still to be read; bounds are checked by take(). */
struct bytes {
	const unsigned char *p;
	size_t n;
};

static const unsigned char *take(struct bytes *b, size_t n)
{
	const unsigned char *p = b->p;

	if (n > b->n)
		return NULL;
	b->p += n;
	b->n -= n;
	return p;
}

static int64_t big_endian(const unsigned char *p, size_t n)
{
	uint64_t v = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

/* The counts of a TZif header, in the file's order. */
enum { UT, STD, LEAP, TIMES, TYPES, CHARS, COUNTS };

static bool take_header(struct bytes *b, size_t count[COUNTS])
{
	const unsigned char *p = take(b, HEADER_BYTES);

	if (p == NULL || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	for (size_t i = 0; i < COUNTS; i++) {
		count[i] = (size_t)big_endian(p + 20 + 4 * i, 4) & UINT32_MAX;
		if (count[i] > FILE_MAX_BYTES)
			return false;
	}
	return true;
}

static size_t block_bytes(const size_t count[COUNTS], size_t time_bytes)
{
	return count[TIMES] * (time_bytes + 1) + count[TYPES] * TYPE_BYTES +
	       count[CHARS] + count[LEAP] * (time_bytes + 4) + count[STD] +
	       count[UT];
}

/* --- the file --- */

/* The 64-bit block of a file, taken apart. */
struct zone_file {
	const unsigned char *times, *types, *info;
	size_t count[COUNTS];
	struct text rule;	/* past the last time; empty: none */
};

static bool take_file(struct bytes b, struct zone_file *z)
{
	size_t *count = z->count;

	if (!take_header(&b, count) || !take(&b, block_bytes(count, 4)) ||
	    !take_header(&b, count))
		return false;
	z->times = take(&b, count[TIMES] * 8);
	z->types = take(&b, count[TIMES]);
	z->info = take(&b, count[TYPES] * TYPE_BYTES);
	if (!z->times || !z->types || !z->info || count[TYPES] == 0 ||
	    !take(&b, count[CHARS] + count[LEAP] * 12 + count[STD] + count[UT]))
		return false;
	z->rule = (struct text){ NULL, 0 };
	if (b.n > 2 && b.p[0] == '\n' && b.p[b.n - 1] == '\n')
		z->rule = (struct text){ (const char *)b.p + 1, b.n - 2 };
	return true;
}

static int64_t file_time(const struct zone_file *z, size_t i)
{
	return big_endian(z->times + 8 * i, 8);
}

/* The offset that holds at a moment. */
static bool by_file(const struct zone_file *z, int64_t at, int *east)
{
	size_t times = z->count[TIMES], low = 0, type = 0;

	/* transitions at or before the moment */
	for (size_t high = times; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (file_time(z, middle) <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == times && z->rule.n > 0)
		return zone_rule_east(z->rule, at, east);
	if (low > 0)
		type = z->types[low - 1];
	if (type >= z->count[TYPES])
		return false;
	*east = (int)big_endian(z->info + type * TYPE_BYTES, 4);
	return true;
}

/* Names like Asia/Shanghai or Etc/GMT+8: no dot, so no way out of the
 * folder; parts begin with a letter. */
static bool is_zone_name(struct text name)
{
	char before = '/';

	if (name.n == 0 || name.n > NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool letter = ascii_is_letter(c);

		if (!letter && (before == '/' || c == '\0' ||
				!strchr("0123456789_+-/", c)))
			return false;
		before = c;
	}
	return before != '/';
}

/* The file of a zone, whose bytes the caller frees; NULL: there is none, or
 * it is none. */
static unsigned char *read_zone(struct text name, struct zone_file *z)
{
	char path[sizeof(ZONE_DIR) + NAME_MAX_BYTES];
	size_t n = sizeof(ZONE_DIR) - 1;
	bool good;

	memcpy(path, ZONE_DIR, n);
	memcpy(path + n, name.p, name.n);
	path[n + name.n] = '\0';
	FILE *f = fopen(path, "rbe");

	if (f == NULL)
		return NULL;
	unsigned char *p = mem_alloc(FILE_MAX_BYTES, 1);

	n = fread(p, 1, FILE_MAX_BYTES, f);
	good = !ferror(f) && take_file((struct bytes){ p, n }, z);
	fclose(f);
	if (good)
		return p;
	free(p);
	return NULL;
}

/* +08:00 and its like, by letting the reader of instants read it. */
static bool fixed_offset(struct text name, int *zone_minutes)
{
	char at[DAY_BYTES + 16] = "2000-01-02T00:00";
	size_t n = strlen(at);
	int64_t us, zero;

	if (name.n < 3 || name.n > sizeof(at) - n ||
	    (name.p[0] != '+' && name.p[0] != '-'))
		return false;
	instant_parse((struct text){ at, n }, 0, &zero);
	memcpy(at + n, name.p, name.n);
	if (!instant_parse((struct text){ at, n + name.n }, 0, &us))
		return false;
	*zone_minutes = (int)((zero - us) / INSTANT_MINUTE);
	return true;
}

/* What must be known where no zone files are installed. China has had no
 * summer time since 1991. */
static const struct {
	const char *name;
	int zone_minutes;
} fallback[] = {
	{ "UTC", 0 },
	{ "Asia/Shanghai", 480 },
};

static bool by_fallback(struct text name, int *zone_minutes)
{
	for (size_t i = 0; i < NELEMS(fallback); i++) {
		if (text_is(name, fallback[i].name)) {
			*zone_minutes = fallback[i].zone_minutes;
			return true;
		}
	}
	return false;
}

/* Local mean times before about 1900 have seconds. */
static int in_minutes(int east)
{
	return (east + (east < 0 ? -30 : 30)) / 60;
}

bool instant_zone(struct text name, int64_t us, int *zone_minutes)
{
	int64_t at = us / INSTANT_SECOND - (us % INSTANT_SECOND < 0);
	struct zone_file z;
	unsigned char *file;
	bool known;
	int east;

	if (fixed_offset(name, zone_minutes))
		return true;
	if (!is_zone_name(name))
		return false;
	file = read_zone(name, &z);
	known = file && by_file(&z, at, &east);
	free(file);
	if (!known)
		return by_fallback(name, zone_minutes);
	*zone_minutes = in_minutes(east);
	return true;
}

/* ---- all changes of a zone ---- */

#define LAST_YEAR 2199
#define LONG_AGO ((DAY_MIN + 1) * (int64_t)DAY_SECONDS)

struct changes {
	struct instant_change *item;
	size_t n, cap;
};

static void add_change(struct changes *c, int64_t at, int zone_minutes)
{
	if (c->n > 0 && c->item[c->n - 1].zone_minutes == zone_minutes)
		return;
	c->item = mem_grow(c->item, c->n, &c->cap, sizeof(*c->item));
	c->item[c->n++] = (struct instant_change){ at, zone_minutes };
}

/* A moment (in seconds) at which the offset may have changed. */
static void look_at(struct changes *c, const struct zone_file *z, int64_t at)
{
	int east;

	/* Some files begin with the beginning of the universe. */
	if (at > LONG_AGO && by_file(z, at, &east))
		add_change(c, at * INSTANT_SECOND, in_minutes(east));
}

/* By the footer, from the file's last transition on. */
static void changes_by_rule(struct changes *c, const struct zone_file *z)
{
	int64_t last = z->count[TIMES] ? file_time(z, z->count[TIMES] - 1) : 0;
	struct zone_rule r;

	for (int year = 1970; year <= LAST_YEAR; year++) {
		int64_t first;

		if (!zone_rule_read(z->rule, year, &r) || !r.has_summer)
			return;
		first = r.start < r.end ? r.start : r.end;
		if (first > last)
			look_at(c, z, first);
		if (r.start + r.end - first > last)
			look_at(c, z, r.start + r.end - first);
	}
}

struct instant_change *instant_changes(struct text name, size_t *n)
{
	struct changes c = { NULL, 0, 0 };
	struct zone_file z;
	unsigned char *file = NULL;
	int minutes;

	if (is_zone_name(name))
		file = read_zone(name, &z);
	if (file && by_file(&z, LONG_AGO, &minutes)) {
		add_change(&c, INT64_MIN, in_minutes(minutes));
		for (size_t i = 0; i < z.count[TIMES]; i++)
			look_at(&c, &z, file_time(&z, i));
		changes_by_rule(&c, &z);
	} else if (instant_zone(name, 0, &minutes)) {
		add_change(&c, INT64_MIN, minutes);
	}
	free(file);
	*n = c.n;
	return c.item;
}

int instant_offset(const struct instant_change *c, size_t n, int64_t us)
{
	size_t low = 0, high = n;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (c[mid].at <= us)
			low = mid;
		else
			high = mid;
	}
	return c[low].zone_minutes;
}

int instant_offset_local(const struct instant_change *c, size_t n,
			 int64_t local)
{
	enum { BEFORE, AFTER };
	const int64_t day = INSTANT_DAY;
	int zone[] = { instant_offset(c, n, local - day),
		       instant_offset(c, n, local + day) };

	if (zone[BEFORE] == zone[AFTER] ||
	    instant_offset(c, n, local - zone[BEFORE] * INSTANT_MINUTE) ==
		    zone[BEFORE])
		return zone[BEFORE];
	return instant_offset(c, n, local - zone[AFTER] * INSTANT_MINUTE) ==
			       zone[AFTER] ?
		       zone[AFTER] :
		       zone[BEFORE];
}

bool instant_parse_by(struct text t, struct instant_clock c, int64_t *us)
{
	/* The last offset mostly holds. */
	int last = c.change[c.n - 1].zone_minutes, zone;

	if (!instant_parse(t, last, us))
		return false;
	if (c.n == 1)
		return true;
	zone = instant_offset_local(c.change, c.n,
				    *us + last * INSTANT_MINUTE);
	return zone == last || instant_parse(t, zone, us);
}

int64_t instant_midnight(struct instant_clock c, int32_t day)
{
	int64_t local = day * INSTANT_DAY;

	return local - instant_offset_local(c.change, c.n, local) *
			       INSTANT_MINUTE;
}

int32_t instant_day_by(struct instant_clock c, int64_t us)
{
	return instant_day(us, instant_offset(c.change, c.n, us));
}
