/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What holds of every document that is read as a workbook: the same CSV comes
 * out whatever the size of the reads; it is CSV whose quotes are right; it has
 * as many lines as the sheet has rows; a fault has a sentence.
 */
#ifndef FUZZ_WORKBOOK_CHECK_H
#define FUZZ_WORKBOOK_CHECK_H

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/frame.h"
#include "stream/workbook.h"
#include "tests/fuzz/fuzz.h"

/* All CSV of the document in the file; false: it was refused at some point. */
static bool whole_sheet(const char *path, const struct workbook_options *o,
			size_t step, struct buf *all)
{
	struct source *s = source_open(path);
	struct buf say = { 0 };
	enum workbook_state state;
	ssize_t got = -1;

	must(s);
	state = workbook_open(&s, o, &say);
	must(state != WORKBOOK_BAD || say.n);
	must(!say.n || strlen(say.p) == say.n);
	if (state == WORKBOOK_READ) {
		must(source_counts_rows(s));
		/* More tells nothing new. */
		while (all->n < 4u << 20 &&
		       (got = source_read(s, buf_room(all, step), step)) > 0)
			all->n += (size_t)got;
		must(got >= 0 || errno == EBADMSG || errno == EINVAL);
	}
	buf_release(&say);
	source_close(s);
	return state == WORKBOOK_READ && got == 0;
}

static void check_workbook(struct text bytes, const struct workbook_options *o)
{
	struct buf a = { 0 }, b = { 0 };
	struct frames f = { .by_row = true };
	char path[64];
	bool whole;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	must(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	whole = whole_sheet(path, o, 1 << 16, &a);
	must(whole_sheet(path, o, 61, &b) == whole || a.n >= 4u << 20);
	if (whole) {
		must(a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0));
		must(a.n == 0 || a.p[a.n - 1] == '\n');
		if (a.n)
			must(frame_csv(&f, a.p, a.n, ',', true) == a.n);
		for (size_t i = 0; i < f.n; i++)
			must(f.rec[i].fault == REASON_NONE &&
			     f.rec[i].line < f.lines);
		must(f.lines <= 1048576);
	}
	frames_release(&f);
	buf_release(&a);
	buf_release(&b);
	close(fd);
}

#endif
