/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON objects: the fast path says what the judge says, and what the judge
 * takes cJSON takes, with a key twice where ours says so. The first line may
 * teach the columns; each line is a record.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/frame.h"
#include "stream/json_check.h"
#include "stream/json_in.h"
#include "tests/fuzz/fuzz.h"

/* ---- cJSON's opinion ---- */

static bool has_twice(const cJSON *tree)
{
	const cJSON *a, *b;

	cJSON_ArrayForEach(a, tree) {
		if (has_twice(a))
			return true;
		for (b = a->next; cJSON_IsObject(tree) && b; b = b->next)
			if (strcmp(a->string, b->string) == 0)
				return true;
	}
	return false;
}

/* It refuses numbers of more than 63 bytes, and compares keys in a list. */
static bool is_for_cjson(struct text t)
{
	size_t run = 0;

	for (size_t i = 0; i < t.n; i++) {
		run = t.p[i] && strchr("0123456789+-.eE", t.p[i]) ? run + 1 : 0;
		if (run > 60)
			return false;
	}
	return t.n < 4096;
}

static void compare_with_cjson(struct text t)
{
	enum reason reason;
	size_t at = json_check(t, &reason);
	cJSON *tree;

	must(at <= t.n);
	if (!is_for_cjson(t))
		return;
	tree = cJSON_ParseWithLength(t.p, t.n);
	if (t.n && (at == t.n || reason == REASON_DUP_KEY)) {
		must(tree != NULL);
		must(has_twice(tree) == (at < t.n));
	}
	cJSON_Delete(tree);
}

/* ---- fast path and judge ---- */

static void same(struct jsonin *fast, struct jsonin *slow, struct text t,
		 bool learn)
{
	const struct json_value *a, *b;
	struct json_fault one, two;
	bool good = jsonin_parse(fast, t, learn, &a, &one);

	jsonin_use_fast_path(false);
	must(jsonin_parse(slow, t, learn, &b, &two) == good);
	jsonin_use_fast_path(true);
	must(one.reason == two.reason && one.offset == two.offset &&
	     text_eq(one.key, two.key));
	must(jsonin_columns(fast) == jsonin_columns(slow));
	for (size_t i = 0; good && i < jsonin_columns(fast); i++) {
		must(text_eq(jsonin_key(fast, i), jsonin_key(slow, i)));
		must(a[i].kind == b[i].kind && text_eq(a[i].text, b[i].text));
		if (a[i].kind == JSON_NESTED) {
			enum reason reason;

			must(json_check(a[i].text, &reason) == a[i].text.n);
		}
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct frames f = { 0 };
	struct jsonin *fast = jsonin_new(), *slow = jsonin_new();
	const char *p = (const char *)data;

	must(frame_lines(&f, p, size, true) == size);
	for (size_t i = 0; i < f.n; i++) {
		/* In memory of its own, so that a read beyond is seen. */
		struct text t = { NULL, f.rec[i].stop - f.rec[i].start };
		char *exact = mem_alloc(t.n, 1);

		memcpy(exact, p + f.rec[i].start, t.n);
		t.p = exact;
		same(fast, slow, t, i == 0);
		compare_with_cjson(t);
		free(exact);
	}
	jsonin_free(fast);
	jsonin_free(slow);
	frames_release(&f);
	return 0;
}
