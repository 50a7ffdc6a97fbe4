/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zip archives by hand, their files stored as they are (APPNOTE.TXT of PKWARE,
 * 4.3): for tests that give a workbook's parts themselves.
 */
#ifndef TESTS_STORED_ZIP_H
#define TESTS_STORED_ZIP_H

#include <stdint.h>
#include <string.h>

#include "base/text.h"

struct stored_zip {
	struct buf bytes, list;
	unsigned files;
};

static inline uint32_t stored_crc(struct text t)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < t.n; i++) {
		crc ^= (unsigned char)t.p[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (0xedb88320u & -(crc & 1));
	}
	return ~crc;
}

static inline void stored_put(struct buf *b, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_addc(b, (char)(v >> 8 * i & 0xff));
}

/* What the record of a file and its line in the list have in common. */
static inline void stored_common(struct buf *b, struct text name,
				 struct text t)
{
	stored_put(b, 20, 2);		/* version needed */
	stored_put(b, 0, 2);		/* flags */
	stored_put(b, 0, 2);		/* stored */
	stored_put(b, 0x00210000, 4);	/* 1980-01-01 */
	stored_put(b, stored_crc(t), 4);
	stored_put(b, t.n, 4);
	stored_put(b, t.n, 4);
	stored_put(b, name.n, 2);
	stored_put(b, 0, 2);		/* extra */
}

static inline void stored_add(struct stored_zip *z, const char *name,
			      struct text t)
{
	struct text n = text_of(name);
	size_t at = z->bytes.n;

	stored_put(&z->bytes, 0x04034b50, 4);
	stored_common(&z->bytes, n, t);
	buf_addt(&z->bytes, n);
	buf_addt(&z->bytes, t);
	stored_put(&z->list, 0x02014b50, 4);
	stored_put(&z->list, 20, 2);	/* version made by */
	stored_common(&z->list, n, t);
	stored_put(&z->list, 0, 2);	/* comment */
	stored_put(&z->list, 0, 2);	/* disk */
	stored_put(&z->list, 0, 2);	/* attributes */
	stored_put(&z->list, 0, 4);
	stored_put(&z->list, at, 4);
	buf_addt(&z->list, n);
	z->files++;
}

/* Ends the archive, which stands in z->bytes then. */
static inline void stored_end(struct stored_zip *z)
{
	size_t at = z->bytes.n;

	buf_addt(&z->bytes, buf_text(&z->list));
	stored_put(&z->bytes, 0x06054b50, 4);
	stored_put(&z->bytes, 0, 4);	/* disks */
	stored_put(&z->bytes, z->files, 2);
	stored_put(&z->bytes, z->files, 2);
	stored_put(&z->bytes, z->list.n, 4);
	stored_put(&z->bytes, at, 4);
	stored_put(&z->bytes, 0, 2);	/* comment */
	buf_release(&z->list);
}

#endif
