/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A JSON array taken apart: the same elements however the bytes arrive, and
 * valid text as a whole if and only if each element is valid and nothing is
 * wrong between them. The first byte chooses the size of the stretches.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/json_check.h"
#include "stream/json_frame.h"
#include "stream/json_in.h"
#include "tests/fuzz/fuzz.h"

static void tell(struct buf *to, const struct frames *f, const char *p,
		 uint32_t lines)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct framed *r = &f->rec[i];

		buf_addf(to, "%u %u ", lines + r->line, r->fault);
		buf_add(to, p + r->start, r->stop - r->start);
		buf_addc(to, '\n');
	}
}

static struct buf in_steps(const char *p, size_t n, size_t step)
{
	struct json_framer j = { 0 };
	struct frames f = { 0 };
	struct buf all = { 0 };
	size_t at = 0, end = 0;
	uint32_t lines = 0;

	while (at < n) {
		char *some;
		size_t used;

		end = n - end < step ? n : end + step;
		some = mem_alloc(end - at, 1);
		memcpy(some, p + at, end - at);
		frames_clear(&f);
		used = json_frame(&j, &f, some, end - at, end == n);
		must(used <= end - at && (end < n || used == end - at));
		tell(&all, &f, some, lines);
		lines += f.lines;
		at += used;
		free(some);
	}
	buf_addf(&all, "end %d\n", json_frame_end(&j));
	frames_release(&f);
	return all;
}

/* A whole array may be one level deeper than an element. */
static bool is_deep(const char *p, size_t n)
{
	size_t open = 0;

	for (size_t i = 0; i < n; i++)
		open += p[i] == '[' || p[i] == '{';
	return open >= JSON_DEPTH;
}

static void judge(const char *p, size_t n)
{
	struct json_framer j = { 0 };
	struct frames f = { 0 };
	enum reason reason;
	bool good;

	must(json_frame(&j, &f, p, n, true) == n);
	good = json_frame_end(&j) == REASON_NONE && j.state == ARRAY_DONE;
	for (size_t i = 0; i < f.n; i++) {
		const struct framed *r = &f.rec[i];
		struct text t = { p + r->start, r->stop - r->start };

		good = good && !r->fault && json_check(t, &reason) == t.n;
	}
	if (!is_deep(p, n))
		must(good ==
		     (text_starts(text_trim((struct text){ p, n }), "[") &&
		      json_check((struct text){ p, n }, &reason) == n));
	frames_release(&f);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const char *p = (const char *)data + 1;
	struct buf whole, steps;

	if (size < 1)
		return 0;
	size--;
	whole = in_steps(p, size, size + 1);
	steps = in_steps(p, size, 1 + data[0]);
	must(text_eq(buf_text(&whole), buf_text(&steps)));
	judge(p, size);
	buf_release(&whole);
	buf_release(&steps);
	return 0;
}
