/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Libzip, held in bounds. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "stream/zip_part.h"

struct zip_archive {
	zip_t *zip;
};

struct zip_part {
	zip_file_t *file;
	char *name;
	uint64_t size, packed, got;
};

/* ---- the list of files ---- */

static uint64_t little(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = n; i-- > 0;)
		v = v << 8 | p[i];
	return v;
}

#define END_BYTES 22		/* of the end record without its comment */
#define LOCATOR_BYTES 20	/* of the one that says where a larger one is */
#define LARGE_BYTES 56

/* The list's length by the record of large archives; 0: there is none. */
static uint64_t large_list(int fd, off_t end)
{
	unsigned char p[LARGE_BYTES];

	if (end < LOCATOR_BYTES ||
	    pread(fd, p, LOCATOR_BYTES, end - LOCATOR_BYTES) != LOCATOR_BYTES ||
	    memcmp(p, "PK\x06\x07", 4) != 0)
		return 0;
	end = (off_t)(little(p + 8, 8) & INT64_MAX);
	if (pread(fd, p, LARGE_BYTES, end) != LARGE_BYTES ||
	    memcmp(p, "PK\x06\x06", 4) != 0)
		return 0;
	return little(p + 40, 8);
}

/*
 * Bytes of the list of files, by the record at the archive's end (APPNOTE.TXT
 * of PKWARE, 4.3.12 to 4.3.16); libzip reads all of it at once. 0: no end is
 * to be found.
 */
static uint64_t list_bytes(int fd)
{
	const size_t most = 65535 + END_BYTES;
	struct stat st;
	uint64_t list = 0, large;
	unsigned char *tail;
	off_t at;
	ssize_t n;

	if (fstat(fd, &st) != 0)
		return 0;
	at = st.st_size > (off_t)most ? st.st_size - (off_t)most : 0;
	tail = mem_alloc(most, 1);
	n = pread(fd, tail, most, at);
	for (ssize_t i = n - END_BYTES; i >= 0; i--) {
		if (memcmp(tail + i, "PK\x05\x06", 4) != 0)
			continue;
		/* Libzip weighs several against each other. */
		if (little(tail + i + 12, 4) > list)
			list = little(tail + i + 12, 4);
		large = large_list(fd, at + i);
		if (list == UINT32_MAX && large)
			list = large;
	}
	free(tail);
	return list;
}

static void say_zip(struct buf *why, const char *what, int error)
{
	zip_error_t e;

	if (why->n)
		return;
	zip_error_init_with_code(&e, error);
	buf_addf(why, "%s (%s)", what, zip_error_strerror(&e));
	zip_error_fini(&e);
}

const char *zip_part_library(void)
{
	return zip_libzip_version();
}

struct zip_archive *zip_archive_open(int fd, struct buf *why)
{
	struct zip_archive *a;
	uint64_t list = list_bytes(fd);
	int error, own;
	zip_t *zip;

	if (list == 0) {
		buf_adds(why, "a zip archive (.xlsx is one) without its end: "
			      "it was cut short");
		return NULL;
	}
	if (list > ZIP_LIST_BYTES) {
		buf_adds(why, "a zip archive whose list of files takes more "
			      "than 16 MiB, which no workbook has");
		return NULL;
	}
	own = dup(fd);
	zip = own < 0 ? NULL : zip_fdopen(own, 0, &error);
	if (!zip) {
		say_zip(why, "a damaged zip archive (.xlsx is one)",
			own < 0 ? ZIP_ER_OPEN : error);
		if (own >= 0)
			close(own);
		return NULL;
	}
	a = mem_zalloc(1, sizeof(*a));
	a->zip = zip;
	return a;
}

void zip_archive_close(struct zip_archive *a)
{
	if (!a)
		return;
	zip_discard(a->zip);
	free(a);
}

/* Some programs write folders with a backslash. */
static zip_int64_t locate(const struct zip_archive *a, const char *name)
{
	zip_int64_t at = zip_name_locate(a->zip, name, ZIP_FL_NOCASE);
	char *other;

	if (at >= 0)
		return at;
	other = mem_strdup(name);
	for (char *p = other; *p; p++)
		if (*p == '/')
			*p = '\\';
	at = zip_name_locate(a->zip, other, ZIP_FL_NOCASE);
	free(other);
	return at;
}

bool zip_archive_has(const struct zip_archive *a, const char *name)
{
	return locate(a, name) >= 0;
}

/* ---- one file ---- */

/* Names come from the archive. */
static void say_part(struct buf *why, const char *name, const char *what)
{
	if (why->n)
		return;
	utf8_show(why, text_of(name), 80);
	buf_addf(why, " in the workbook %s", what);
}

struct zip_part *zip_part_open(struct zip_archive *a, const char *name,
			       struct buf *why)
{
	zip_int64_t at = locate(a, name);
	struct zip_part *p;
	zip_file_t *file;
	zip_stat_t st;

	if (at < 0) {
		say_part(why, name, "is missing");
		return NULL;
	}
	if (zip_stat_index(a->zip, (zip_uint64_t)at, 0, &st) != 0 ||
	    !(st.valid & ZIP_STAT_SIZE) || !(st.valid & ZIP_STAT_COMP_SIZE)) {
		say_part(why, name, "cannot be read");
		return NULL;
	}
	if (st.size > ZIP_PART_BYTES) {
		say_part(why, name, "unpacks to more than 16 GiB");
		return NULL;
	}
	file = zip_fopen_index(a->zip, (zip_uint64_t)at, 0);
	if (!file) {
		int error = zip_error_code_zip(zip_get_error(a->zip));

		say_part(why, name,
			 error == ZIP_ER_NOPASSWD ? "is encrypted" :
			 error == ZIP_ER_COMPNOTSUPP ?
				 "is packed in a way that is not known" :
				 "is damaged");
		return NULL;
	}
	p = mem_zalloc(1, sizeof(*p));
	p->file = file;
	p->name = mem_strdup(name);
	p->size = st.size;
	p->packed = st.comp_size;
	return p;
}

void zip_part_close(struct zip_part *p)
{
	if (!p)
		return;
	zip_fclose(p->file);
	free(p->name);
	free(p);
}

ssize_t zip_part_read(struct zip_part *p, char *to, size_t n, struct buf *why)
{
	zip_int64_t got = zip_fread(p->file, to, n);

	if (got < 0) {
		int error = zip_error_code_zip(zip_file_get_error(p->file));

		say_part(why, p->name,
			 error == ZIP_ER_CRC ?
				 "has another CRC than is stated: it is "
				 "damaged" :
				 "cannot be unpacked: it is damaged or cut "
				 "short");
		return -1;
	}
	p->got += (uint64_t)got;
	if (p->got > p->size || (got == 0 && p->got < p->size)) {
		say_part(why, p->name, "is not as long as is stated");
		return -1;
	}
	if (p->got > ZIP_FREE_BYTES && p->got / ZIP_RATIO > p->packed) {
		say_part(why, p->name, "unpacks to more than 400 times its "
				       "packed size");
		return -1;
	}
	return got;
}
