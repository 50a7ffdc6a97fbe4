/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decoding: the same bytes come out whatever the size of the reads and of a
 * peek before them. First byte: the encoding; second: the size.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/decode.h"
#include "tests/fuzz/fuzz.h"

static struct buf decoded(const char *path, enum encoding e, size_t step,
			  size_t peek)
{
	struct source *s = source_open(path);
	struct decode *d = decode_new(e);
	struct buf all = { 0 };
	ssize_t got;
	bool whole;

	must(s);
	if (peek)
		must(decode_peek(d, s, peek, &whole).p || whole);
	while ((got = decode_read(d, s, buf_room(&all, step), step)) > 0)
		all.n += (size_t)got;
	must(got == 0);
	decode_free(d);
	source_close(s);
	return all;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char path[64];
	struct buf a, b;
	enum encoding e;
	int fd;

	if (size < 2)
		return 0;
	fd = memfd_create("fuzz", MFD_CLOEXEC);
	must(fd >= 0 && write(fd, data + 2, size - 2) == (ssize_t)(size - 2));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	e = (enum encoding)(data[0] % (DECODE_LATIN1 + 1));
	a = decoded(path, e, 1 << 16, 0);
	b = decoded(path, e, 1 + data[1] % 9, data[1]);
	must(a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0));
	buf_release(&a);
	buf_release(&b);
	close(fd);
	return 0;
}
