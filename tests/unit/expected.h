/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shared expected.json of lifetime value: reading it, and comparing with
 * the tolerance that each figure carries.
 */
#ifndef TESTS_UNIT_EXPECTED_H
#define TESTS_UNIT_EXPECTED_H

#include <check.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static cJSON *expected;
static const char *folder;

static inline double number(const cJSON *o, const char *key)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, key);

	ck_assert_msg(cJSON_IsNumber(v), "no number %s", key);
	return v->valuedouble;
}

static inline const char *string(const cJSON *o, const char *key)
{
	const cJSON *v = cJSON_GetObjectItemCaseSensitive(o, key);

	ck_assert_msg(cJSON_IsString(v), "no text %s", key);
	return v->valuestring;
}

static inline const cJSON *item(const cJSON *o, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(o, key);
}

/* `check` says how close is close enough. */
static inline void compare(const cJSON *check, const char *what, double got,
		    double want)
{
	double tolerance = item(check, "rel_tol") ?
				   number(check, "rel_tol") * fabs(want) :
				   number(check, "abs_tol");

	ck_assert_msg(fabs(got - want) <= tolerance,
		      "%s: %.10g, expected %.10g within %g", what, got, want,
		      tolerance);
}

static inline void compare_value(const cJSON *check, double got)
{
	compare(check, item(check, "what") ? string(check, "what") : "value",
		got, number(check, "value"));
}

static inline void compare_values(const cJSON *check, const double *got, size_t n)
{
	const cJSON *values = item(check, "values");

	ck_assert_int_eq(cJSON_GetArraySize(values), (int)n);
	for (size_t i = 0; i < n; i++)
		compare(check, string(check, "what"), got[i],
			cJSON_GetArrayItem(values, (int)i)->valuedouble);
}

static inline const cJSON *by_id(const char *list, const char *id)
{
	const cJSON *entry;

	cJSON_ArrayForEach(entry, item(expected, list))
		if (strcmp(string(entry, "id"), id) == 0)
			return entry;
	ck_abort_msg("expected.json has no %s", id);
}

/* Reads expected.json; false when there is no shared folder. */
static inline bool read_expected(void)
{
	static char path[4000];
	const char *shared = getenv("CRM_SHARED");
	struct buf text = { 0 };
	size_t got;

	snprintf(path, sizeof(path), "%s/data/clv",
		 shared ? shared : "../shared");
	folder = path;
	char name[4096];

	snprintf(name, sizeof(name), "%s/expected.json", path);
	FILE *f = fopen(name, "r");

	if (!f)
		return false;
	do {
		got = fread(buf_room(&text, 65536), 1, 65536, f);
		text.n += got;
	} while (got > 0);
	fclose(f);
	expected = cJSON_ParseWithLength(text.p, text.n);
	buf_release(&text);
	return expected != NULL;
}


#endif
