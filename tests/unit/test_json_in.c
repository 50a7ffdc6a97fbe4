/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON rows: the fast path says what the judge says, the judge what cJSON
 * says but for the rules that are stricter, and long input takes linear time.
 */
#include <cjson/cJSON.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/json_check.h"
#include "stream/json_in.h"

/* ---- validity ---- */

static const char *const valid[] = {
	"{}",
	"[]",
	"0",
	"-0",
	"1",
	"-12.5e+3",
	"1E400",
	"0.1e-5",
	"9007199254740993",
	"true",
	"false",
	"null",
	"\"\"",
	"\"a\"",
	" \t\r\n{ \"a\" : [ 1 , 2 ] } \n",
	"{\"a\":{\"a\":{\"a\":1}}}",
	"[{\"a\":1},{\"a\":2}]",
	"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u4E2D\"",
	"\"\\ud83d\\ude00\"",
	"\"\xc3\xa9\xf0\x9f\x98\x80\x7f\"",
	"{\"\":1,\" \":2}",
	"{\"a\":1,\"A\":2,\"aa\":3}",
};

START_TEST(valid_text_is_valid_to_us_and_to_cJSON)
{
	struct text t = text_of(valid[_i]);
	enum reason reason;
	cJSON *tree = cJSON_ParseWithLength(t.p, t.n);

	ck_assert_ptr_nonnull(tree);
	cJSON_Delete(tree);
	ck_assert_uint_eq(json_check(t, &reason), t.n);
}
END_TEST

/* What RFC 8259 forbids; cJSON lets some of it pass. */
static const struct {
	struct text text;
	size_t offset;
} invalid[] = {
	{ TEXT(" "), 0 },
	{ TEXT("{"), 0 },
	{ TEXT("}"), 0 },
	{ TEXT("[1"), 1 },
	{ TEXT("[1,]"), 3 },
	{ TEXT("[,1]"), 1 },
	{ TEXT("[1 2]"), 3 },
	{ TEXT("{\"a\"}"), 4 },
	{ TEXT("{\"a\":}"), 5 },
	{ TEXT("{\"a\":1,}"), 7 },
	{ TEXT("{a:1}"), 1 },
	{ TEXT("{'a':1}"), 1 },
	{ TEXT("{1:1}"), 1 },
	{ TEXT("{\"a\" 1}"), 5 },
	{ TEXT("{\"a\":1 \"b\":2}"), 7 },
	{ TEXT("{\"a\":1}{\"b\":2}"), 7 },
	{ TEXT("1 2"), 2 },
	{ TEXT("{} x"), 3 },
	{ TEXT("{} // remark"), 3 },
	{ TEXT("/**/{}"), 0 },
	{ TEXT("01"), 1 },
	{ TEXT("-01"), 2 },
	{ TEXT("1."), 1 },
	{ TEXT("1.e3"), 2 },
	{ TEXT(".5"), 0 },
	{ TEXT("+1"), 0 },
	{ TEXT("-"), 0 },
	{ TEXT("1e"), 1 },
	{ TEXT("1e+"), 2 },
	{ TEXT("0x10"), 1 },
	{ TEXT("NaN"), 0 },
	{ TEXT("Infinity"), 0 },
	{ TEXT("-Infinity"), 1 },
	{ TEXT("nul"), 0 },
	{ TEXT("nulll"), 4 },
	{ TEXT("True"), 0 },
	{ TEXT("\""), 0 },
	{ TEXT("\"a"), 1 },
	{ TEXT("\"a\tb\""), 2 },
	{ TEXT("\"a\nb\""), 2 },
	{ TEXT("\"a\0b\""), 2 },
	{ TEXT("\"\x1f\""), 1 },
	{ TEXT("\"\\x41\""), 2 },
	{ TEXT("\"\\'\""), 2 },
	{ TEXT("\"\\\0\""), 2 },
	{ TEXT("\"\\"), 1 },
	{ TEXT("\"\\u\""), 2 },
	{ TEXT("\"\\u12\""), 2 },
	{ TEXT("\"\\u123g\""), 2 },
	{ TEXT("\"\\u 123\""), 2 },
	{ TEXT("\"\\u+123\""), 2 },
	{ TEXT("\v1"), 0 },
	{ TEXT("\xc2\xa0" "1"), 0 },
	/* Not forbidden, but readers disagree about them. */
	{ TEXT("\"\\u0000\""), 2 },
	{ TEXT("{\"a\\u0000b\":1}"), 4 },
	{ TEXT("\"\\ud800\""), 7 },
	{ TEXT("\"\\udc00\""), 2 },
	{ TEXT("\"\\ud800x\""), 7 },
	{ TEXT("\"\\ud800\\n\""), 7 },
	{ TEXT("\"\\ud800\\u0041\""), 7 },
	{ TEXT("\"\\ud800\\ud800\""), 7 },
	{ TEXT("\"\\udc00\\ud800\""), 2 },
};

START_TEST(invalid_text_is_refused_where_it_is_wrong)
{
	struct text t = invalid[_i].text;
	enum reason reason;
	char *exact = mem_alloc(t.n, 1);	/* so that a read beyond is seen */

	memcpy(exact, t.p, t.n);
	ck_assert_uint_eq(json_check((struct text){ exact, t.n }, &reason),
			  invalid[_i].offset);
	ck_assert_int_eq(reason, REASON_BAD_JSON);
	free(exact);
}
END_TEST

static const char *const twice[] = {
	"{\"a\":1,\"a\":1}",
	"{\"a\":1,\"b\":2,\"a\":3}",
	"{\"a\":1,\"\\u0061\":2}",
	"{\"\\u0061\":1,\"\\u0061\":2}",
	"{\"\":1,\"\":2}",
	"[{\"x\":[{\"a\":1,\"a\":2}]}]",
	"{\"a\":{\"b\":1,\"b\":2},\"c\":3}",
	"{\"c\":3,\"a\":{\"b\":1},\"c\":{}}",
	"{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}",
};

START_TEST(a_key_that_stands_twice_is_refused)
{
	enum reason reason;
	struct text t = text_of(twice[_i]);

	ck_assert_uint_lt(json_check(t, &reason), t.n);
	ck_assert_int_eq(reason, REASON_DUP_KEY);
}
END_TEST

START_TEST(depth_64_is_valid_and_65_is_not)
{
	for (int object = 0; object < 2; object++) {
		for (size_t depth = JSON_DEPTH - 1; depth < JSON_DEPTH + 3;
		     depth++) {
			struct buf b = { 0 };
			enum reason reason;
			size_t at;

			for (size_t i = 0; i < depth; i++)
				buf_adds(&b, object ? "{\"a\":" : "[");
			buf_adds(&b, "1");
			for (size_t i = 0; i < depth; i++)
				buf_adds(&b, object ? "}" : "]");
			at = json_check(buf_text(&b), &reason);
			if (depth <= JSON_DEPTH)
				ck_assert_uint_eq(at, b.n);
			else
				ck_assert_uint_eq(at, (object ? 5 : 1) *
							      JSON_DEPTH);
			buf_release(&b);
		}
	}
}
END_TEST

START_TEST(a_million_brackets_are_refused_at_once)
{
	static const char *const open[] = { "[", "{\"a\":", "[{\"a\":" };
	struct buf b = { 0 };
	enum reason reason;

	for (int i = 0; i < 1000000; i++)
		buf_adds(&b, open[_i]);
	ck_assert_uint_lt(json_check(buf_text(&b), &reason), 1000);
	ck_assert_int_eq(reason, REASON_BAD_JSON);
	buf_release(&b);
}
END_TEST

/* ---- rows ---- */

/* What a record gives: key=kind:text, ... or the fault. */
static void tell(struct buf *to, struct jsonin *j, struct text record,
		 bool learn)
{
	static const char *const kinds[] = { "absent", "null", "string",
					     "number", "bool", "nested" };
	const struct json_value *v;
	struct json_fault fault;

	buf_clear(to);
	if (!jsonin_parse(j, record, learn, &v, &fault)) {
		buf_addf(to, "%s at %zu", reason_code(fault.reason),
			 fault.offset);
		if (fault.key.n) {
			buf_adds(to, " ");
			buf_addt(to, fault.key);
		}
		return;
	}
	for (size_t i = 0; i < jsonin_columns(j); i++) {
		buf_addt(to, jsonin_key(j, i));
		buf_addf(to, "=%s:", kinds[v[i].kind]);
		buf_addt(to, v[i].text);
		buf_addc(to, ' ');
	}
}

static struct jsonin *with_keys(void)
{
	struct jsonin *j = jsonin_new();

	jsonin_add_key(j, TEXT("a"));
	jsonin_add_key(j, TEXT("b"));
	jsonin_add_key(j, TEXT("a_key_of_more_than_sixteen_bytes"));
	jsonin_add_key(j, TEXT("\xe5\xa7\x93\xe5\x90\x8d"));
	return j;
}

static const struct {
	const char *record, *want;
} rows[] = {
	{ "{\"a\":\"x\",\"b\":1}", "a=string:x b=number:1 " },
	{ "{\"b\":1,\"a\":\"x\"}", "a=string:x b=number:1 " },
	{ "{ \"a\" : \"x\" , \"b\" : 1 }", "a=string:x b=number:1 " },
	{ "{}", "a=absent: b=absent: " },
	{ " {} ", "a=absent: b=absent: " },
	{ "{\"a\":null,\"b\":\"\"}", "a=null: b=string: " },
	{ "{\"a\":true,\"b\":false}", "a=bool:true b=bool:false " },
	{ "{\"a\":\"\\u4e2d\\n\\\"\"}", "a=string:\xe4\xb8\xad\n\" b=absent: " },
	{ "{\"\\u0061\":1}", "a=number:1 b=absent: " },
	/* numbers as they are written */
	{ "{\"a\":9007199254740993,\"b\":12345678901234567890}",
	  "a=number:9007199254740993 b=number:12345678901234567890 " },
	{ "{\"a\":1e400,\"b\":-0.10}", "a=number:1e400 b=number:-0.10 " },
	{ "{\"a\":13800138000}", "a=number:13800138000 b=absent: " },
	/* nested values pass as compact JSON, their strings untouched */
	{ "{\"a\":[ 1 , {\"x y\" : \" \\\" \\\\\" } ],\"b\":{ }}",
	  "a=nested:[1,{\"x y\":\" \\\" \\\\\"}] b=nested:{} " },
	/* faults */
	{ "{\"a\":1,\"c\":2}", "new-column at 7 c" },
	{ "{\"c\":\"x\"}", "new-column at 1 c" },
	{ "{\"a\":1,\"a\":2}", "dup-key at 0" },
	{ "{\"a\":1,\"\\u0061\":2}", "dup-key at 0" },
	{ "{\"c\":1,\"a\":2,\"a\":3}", "dup-key at 0" },
	{ "[]", "not-object at 0" },
	{ "1", "not-object at 0" },
	{ "\"{}\"", "not-object at 0" },
	{ "null", "not-object at 0" },
	{ "", "bad-json at 0" },
	{ " ", "bad-json at 0" },
	{ "{", "bad-json at 0" },
	{ "{\"a\":01}", "bad-json at 6" },
	{ "{\"a\":1.}", "bad-json at 7" },
	{ "{\"a\":-}", "bad-json at 6" },
	{ "{\"a\":1,}", "bad-json at 7" },
	{ "{\"a\":1}}", "bad-json at 7" },
	{ "{\"a\":1} {\"a\":2}", "bad-json at 8" },
	{ "{\"a\":\"\t\"}", "bad-json at 6" },
	{ "{\"a\":nul}", "bad-json at 5" },
	{ "{\"a\":\"x", "bad-json at 6" },
	{ "{\"a\":\"\\ud800\"}", "bad-json at 12" },
};

START_TEST(rows_are_read_alike_by_fast_path_and_judge)
{
	for (int fast = 0; fast < 2; fast++) {
		struct jsonin *j = jsonin_new();
		struct buf got = { 0 };

		jsonin_add_key(j, TEXT("a"));
		jsonin_add_key(j, TEXT("b"));
		jsonin_use_fast_path(fast);
		/* A record before it must leave no trace. */
		tell(&got, j, TEXT("{\"a\":\"old\",\"b\":\"old\"}"), false);
		tell(&got, j, text_of(rows[_i].record), false);
		ck_assert_str_eq(got.p, rows[_i].want);
		jsonin_use_fast_path(true);
		jsonin_free(j);
		buf_release(&got);
	}
}
END_TEST

START_TEST(the_first_object_gives_the_columns)
{
	struct jsonin *j = jsonin_new();
	struct buf got = { 0 };

	jsonin_add_key(j, TEXT("late"));
	tell(&got, j, TEXT("{\"b\":1,\"\\u0061\":[],\"b2\":null}"), true);
	ck_assert_str_eq(got.p, "late=absent: b=number:1 a=nested:[] b2=null: ");
	tell(&got, j, TEXT("{\"late\":2}"), false);
	ck_assert_str_eq(got.p,
			 "late=number:2 b=absent: a=absent: b2=absent: ");
	tell(&got, j, TEXT("{\"new\":2}"), false);
	ck_assert_str_eq(got.p, "new-column at 1 new");
	jsonin_free(j);
	buf_release(&got);
}
END_TEST

/* Pieces put together at random: now valid, now nearly so. */
START_TEST(random_records_are_read_alike_by_fast_path_and_judge)
{
	static const struct text pieces[] = {
		TEXT("{"),	 TEXT("}"),	   TEXT(","),
		TEXT(":"),	 TEXT("\"a\""),	   TEXT("\"b\""),
		TEXT("\"a\":1"), TEXT("\"b\":"),   TEXT("\"x\""),
		TEXT("1"),	 TEXT("0"),	   TEXT("-"),
		TEXT("."),	 TEXT("e"),	   TEXT("null"),
		TEXT("true"),	 TEXT(" "),	   TEXT("["),
		TEXT("]"),	 TEXT("\""),	   TEXT("\\"),
		TEXT("\\u0061"), TEXT("\"\\n\""),  TEXT("\t"),
		TEXT("\xc3\xa9"), TEXT("{\"a\":"), TEXT(",\"b\":\"y\"}"),
		TEXT("\"a_key_of_more_than_sixteen_bytes\":2"),
		TEXT("\"\xe5\xa7\x93\xe5\x90\x8d\":\"z\""),
	};
	uint64_t seed = 1442695040888963407u + (uint64_t)_i;
	struct jsonin *one = with_keys(), *two = with_keys();
	struct buf fast = { 0 }, judged = { 0 };

	for (int round = 0; round < 20000; round++) {
		struct buf b = { 0 };

		buf_adds(&b, round % 3 ? "{" : "");
		for (int i = 0; i < 1 + round % 9; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_addt(&b, pieces[(seed >> 33) % NELEMS(pieces)]);
		}
		buf_adds(&b, round % 2 ? "}" : "");
		tell(&fast, one, buf_text(&b), false);
		jsonin_use_fast_path(false);
		tell(&judged, two, buf_text(&b), false);
		jsonin_use_fast_path(true);
		ck_assert_str_eq(fast.p, judged.p);
		buf_release(&b);
	}
	jsonin_free(one);
	jsonin_free(two);
	buf_release(&fast);
	buf_release(&judged);
}
END_TEST

static uint64_t draw(uint64_t *seed, uint64_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (*seed >> 33) % below;
}

/* A record of the same keys in the same order, most of them there, and mostly
 * of values that are plain; now and then with one byte changed. */
static void add_record(struct buf *b, uint64_t *seed)
{
	static const char *const keys[] = {
		"a", "b", "a_key_of_more_than_sixteen_bytes",
		"\xe5\xa7\x93\xe5\x90\x8d"
	};
	static const char *const values[] = {
		"\"x\"", "1", "-284.36", "\"2024-02-29\"", "0", "\"\"",
		"\"a string of more than sixteen bytes\"", "12345678901234567",
		"1234567890.1234567890", "0.5", "null", "true", "false",
		"\"a\\n\"", "\"sixteen bytes and then \\u0061\"", "1e5",
		"-0.0E-3", "\"\\u4E2d\\ud83d\\ude00 and \\u00e9\"",
		"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "12345678901234567e+1",
		/* not plain, or wrong */
		"\"\\ud800\"", "\"\\ude00\\ud83d\"", "\"\\u0000\"",
		"\"\\u12g4\"", "\"\\u123\"", "\"\\x\"", "\"\\\"", "1e", "1e+",
		"[1]", "{\"a\":1}", "01", "1.", ".5", "1.2.3",
		"-", "nul", "\"\t\"", "\"sixteen bytes and then \n\"", "",
	};
	const char *blank = draw(seed, 20) ? "" : " ", *comma = "";

	buf_addc(b, '{');
	for (size_t k = 0; k < NELEMS(keys); k++) {
		size_t kind = draw(seed, 10) ? 20 : NELEMS(values);

		if (draw(seed, 8) == 0)
			continue;
		buf_addf(b, "%s%s\"%s\":%s%s", comma, blank, keys[k], blank,
			 values[draw(seed, kind)]);
		comma = ",";
	}
	buf_addc(b, '}');
	if (draw(seed, 6) == 0)
		b->p[draw(seed, b->n)] = "\"\\{},: 0x"[draw(seed, 9)];
}

START_TEST(records_of_one_shape_are_read_alike_by_fast_path_and_judge)
{
	uint64_t seed = (uint64_t)_i + 1;
	struct jsonin *one = with_keys(), *two = with_keys();
	struct buf fast = { 0 }, judged = { 0 };

	for (int round = 0; round < 20000; round++) {
		struct buf b = { 0 };
		struct text t;
		char *exact;

		add_record(&b, &seed);
		/* memory of its own, so that a read beside it is seen */
		exact = mem_alloc(b.n, 1);
		memcpy(exact, b.p, b.n);
		t = (struct text){ exact, b.n };
		tell(&fast, one, t, false);
		jsonin_use_fast_path(false);
		tell(&judged, two, t, false);
		jsonin_use_fast_path(true);
		if (strcmp(fast.p, judged.p) != 0)
			ck_abort_msg("%s gives\n%s\nnot\n%s", b.p, fast.p,
				     judged.p);
		free(exact);
		buf_release(&b);
	}
	jsonin_free(one);
	jsonin_free(two);
	buf_release(&fast);
	buf_release(&judged);
}
END_TEST

/* ---- size ---- */

START_TEST(a_hundred_thousand_keys_take_linear_time)
{
	struct jsonin *j = jsonin_new();
	const struct json_value *v;
	struct json_fault fault;
	struct buf b = { 0 };

	for (int i = 0; i < 100000; i++)
		buf_addf(&b, "%c\"key_number_%06d\":%d", i ? ',' : '{', i, i);
	buf_addc(&b, '}');
	ck_assert(jsonin_parse(j, buf_text(&b), true, &v, &fault));
	ck_assert_uint_eq(jsonin_columns(j), 100000);
	ck_assert(text_is(v[99999].text, "99999"));
	/* The rows after it cost what they hold, not what they might hold. */
	for (int i = 0; i < 1000000; i++)
		ck_assert(jsonin_parse(j, TEXT("{}"), false, &v, &fault));
	ck_assert_int_eq(v[99999].kind, JSON_ABSENT);
	/* Not even after a record of all keys that was plain. */
	ck_assert(jsonin_parse(j, buf_text(&b), false, &v, &fault));
	ck_assert(text_is(v[99999].text, "99999"));
	for (int i = 0; i < 1000000; i++)
		ck_assert(jsonin_parse(j, TEXT("{\"key_number_000000\":1}"),
				       false, &v, &fault));
	ck_assert_int_eq(v[99999].kind, JSON_ABSENT);
	jsonin_free(j);
	buf_release(&b);
}
END_TEST

START_TEST(a_hundred_thousand_escapes_take_linear_time)
{
	static const char *const shapes[] = { "\\n", "\\u4e2d", "\\\\\\\"",
					      "\",\"\\u0061" };
	struct jsonin *j = jsonin_new();
	const struct json_value *v;
	struct json_fault fault;
	struct buf b = { 0 };

	/* in one string, or a string each, in a list */
	buf_adds(&b, "{\"a\":[\"");
	for (int i = 0; i < 100000; i++)
		buf_adds(&b, shapes[_i]);
	buf_adds(&b, "\"],\"b\":\"");
	for (int i = 0; i < 100000 && _i < 3; i++)
		buf_adds(&b, shapes[_i]);
	buf_adds(&b, "\"}");
	ck_assert(jsonin_parse(j, buf_text(&b), true, &v, &fault));
	ck_assert_int_eq(v[0].kind, JSON_NESTED);
	ck_assert_int_eq(v[1].kind, JSON_STRING);
	jsonin_free(j);
	buf_release(&b);
}
END_TEST

START_TEST(an_8_MiB_string_is_kept_whole)
{
	struct jsonin *j = jsonin_new();
	const struct json_value *v;
	struct json_fault fault;
	struct buf b = { 0 };
	size_t n = 8 << 20;

	buf_adds(&b, _i ? "{\"a\":\"\\n" : "{\"a\":\"n");
	memset(buf_room(&b, n), 'x', n);
	b.n += n;
	buf_adds(&b, "\"}");
	ck_assert(jsonin_parse(j, buf_text(&b), true, &v, &fault));
	ck_assert_uint_eq(v[0].text.n, n + 1);
	ck_assert_int_eq(v[0].text.p[n], 'x');
	jsonin_free(j);
	buf_release(&b);
}
END_TEST

START_TEST(five_thousand_digits_are_kept_as_written)
{
	for (int fast = 0; fast < 2; fast++) {
		struct jsonin *j = jsonin_new();
		const struct json_value *v;
		struct json_fault fault;
		struct buf b = { 0 };

		jsonin_add_key(j, TEXT("a"));
		jsonin_use_fast_path(fast);
		buf_adds(&b, "{\"a\":1");
		for (int i = 0; i < 4999; i++)
			buf_addc(&b, (char)('0' + i % 10));
		buf_adds(&b, "}");
		ck_assert(jsonin_parse(j, buf_text(&b), false, &v, &fault));
		ck_assert_uint_eq(v[0].text.n, 5000);
		ck_assert_mem_eq(v[0].text.p, b.p + 5, 5000);
		jsonin_use_fast_path(true);
		jsonin_free(j);
		buf_release(&b);
	}
}
END_TEST

/* Peak memory of this process, from the kernel. */
static size_t peak_kib(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	size_t kib = 0;

	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "VmHWM: %zu", &kib) == 1)
			break;
	fclose(f);
	return kib;
}

/* A tree of it would take a gigabyte. */
START_TEST(a_long_list_takes_no_tree)
{
	struct buf b = { 0 };
	enum reason reason;
	size_t n = 15 << 20, before;
	char *p = buf_room(&b, n + 2);

	for (size_t i = 0; i < n; i++)
		p[i] = i % 3 == 0 ? '[' : i % 3 == 1 ? ']' : ',';
	b.n = n;
	b.p[0] = '[';
	b.p[1] = '1';
	b.p[n - 1] = ']';
	before = peak_kib();
	ck_assert_uint_eq(json_check(buf_text(&b), &reason), b.n);
	ck_assert_uint_lt(peak_kib(), before + 1024);
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("json_in");
	TCase *t = tcase_create("json_in");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, valid_text_is_valid_to_us_and_to_cJSON, 0,
			    NELEMS(valid));
	tcase_add_loop_test(t, invalid_text_is_refused_where_it_is_wrong, 0,
			    NELEMS(invalid));
	tcase_add_loop_test(t, a_key_that_stands_twice_is_refused, 0,
			    NELEMS(twice));
	tcase_add_test(t, depth_64_is_valid_and_65_is_not);
	tcase_add_loop_test(t, a_million_brackets_are_refused_at_once, 0, 3);
	tcase_add_loop_test(t, rows_are_read_alike_by_fast_path_and_judge, 0,
			    NELEMS(rows));
	tcase_add_test(t, the_first_object_gives_the_columns);
	tcase_add_loop_test(
		t, random_records_are_read_alike_by_fast_path_and_judge, 0, 5);
	tcase_add_test(t, a_hundred_thousand_keys_take_linear_time);
	tcase_add_loop_test(
		t, records_of_one_shape_are_read_alike_by_fast_path_and_judge,
		0, 5);
	tcase_add_loop_test(t, a_hundred_thousand_escapes_take_linear_time, 0,
			    4);
	tcase_add_loop_test(t, an_8_MiB_string_is_kept_whole, 0, 2);
	tcase_add_test(t, five_thousand_digits_are_kept_as_written);
	tcase_add_test(t, a_long_list_takes_no_tree);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
