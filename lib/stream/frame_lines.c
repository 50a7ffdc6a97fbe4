/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines as records. */
#include "stream/frame_state.h"

static bool is_blank(const char *p, size_t n)
{
	while (n && (p[n - 1] == ' ' || p[n - 1] == '\t' || p[n - 1] == '\r'))
		n--;
	return n == 0;
}

/* A line that ends at `end`: a record, unless it is blank. */
static inline void add_line(struct frames *f, const char *p, size_t at,
			    size_t end)
{
	size_t stop = end - (end > at && p[end - 1] == '\r');

	if (stop - at > ROW_LIMIT)
		frames_add(f, at, at, REASON_TOO_LONG);
	else if (stop > at && (p[at] > ' ' || !is_blank(p + at, stop - at)))
		frames_add(f, at, stop, REASON_NONE);
}

size_t frame_lines(struct frames *f, const char *p, size_t n, bool last)
{
	size_t at = 0;

	f->suspect = true;
	while (at < n) {
		size_t end = frame_line_end(p, at, n, false);
		bool cut = end == n && !last;

		if (cut && n - at < ROW_LIMIT + 2)
			break;
		frames_reserve(f);
		if (cut)
			frames_add(f, at, at, REASON_TOO_LONG);
		else
			add_line(f, p, at, end);
		f->cut = cut;
		f->lines += !cut;
		at = end < n ? end + 1 : n;
	}
	return at;
}
