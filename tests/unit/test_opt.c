/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options: one table, read by the parser, by -h and by --help-all. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/msg.h"
#include "base/opt.h"
#include "tests/unit/child.h"

struct parsed {
	bool flag;
	const char *text;
	struct opt_list list;
	int64_t whole;
	double real;
	int32_t day;
	int choice;
	bool inner;
};

static struct parsed got;
static char called[64];
static struct arena words_arena;

/* getopt moves the words of argv: it gets copies. */
static char *word(const char *s)
{
	return arena_strdup(&words_arena, s, strlen(s));
}

static void call(const char *value)
{
	snprintf(called, sizeof(called), "%s", value ? value : "(none)");
}

/* argv from the words, ended by NULL; what is left over, with commas. */
static void parse(const char *const *words, struct buf *rest)
{
	static const struct opt inner[] = {
		{ OPT_FLAG, 'i', "inner", NULL, "from an included table",
		  &got.inner, .common = true },
		{ OPT_END },
	};
	static const struct opt opts[] = {
		{ OPT_FLAG, 'g', "flag", NULL, "a flag", &got.flag },
		{ OPT_TEXT, 't', "text", "WORD", "a word", &got.text },
		{ OPT_LIST, 0, "list", "WORD", "words", &got.list },
		{ OPT_INT, 'n', "whole", "N", "a number", &got.whole, 1, 100 },
		{ OPT_REAL, 0, "real", "X", "a number", &got.real },
		{ OPT_DAY, 0, "day", "DATE", "a day", &got.day },
		{ OPT_CHOICE, 'c', "choice", "a|bc|d", "a choice", &got.choice },
		{ OPT_CALL, 0, "call", "X", "a call", call },
		{ OPT_CALL, 'q', "quick", NULL, "a call", call },
		{ OPT_INCLUDE, .to = (void *)(uintptr_t)inner },
		{ OPT_END },
	};
	static const struct program program = {
		"crm-test", "[OPTION...] [FILE...]", "Tests.",
		"crm-test -g file.csv", opts
	};
	char *argv[32];
	int argc = 0;
	size_t n;
	char **files;

	argv[argc++] = word("crm-test");
	for (; words && *words; words++)
		argv[argc++] = word(*words);
	argv[argc] = NULL;
	files = opt_parse(&program, argc, argv, &n);
	for (size_t i = 0; rest && i < n; i++)
		buf_addf(rest, "%s,", files[i]);
	ck_assert_ptr_null(files[n]);
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

START_TEST(every_kind_is_stored)
{
	struct buf rest = { 0 };

	got = (struct parsed){ 0 };
	parse(WORDS("-g", "one", "--text=x=y", "--list", "a", "--list=b", "-n7",
		    "--real", "-1.5e2", "two", "--day", "2024-02-29", "-cbc",
		    "--call", "hello", "-i", "--", "-g", "-"),
	      &rest);
	ck_assert(got.flag && got.inner);
	ck_assert_str_eq(got.text, "x=y");
	ck_assert_uint_eq(got.list.n, 2);
	ck_assert_str_eq(got.list.item[0], "a");
	ck_assert_str_eq(got.list.item[1], "b");
	ck_assert_int_eq(got.whole, 7);
	ck_assert_double_eq(got.real, -150);
	ck_assert_int_eq(got.day, day_of((struct civil){ 2024, 2, 29 }));
	ck_assert_int_eq(got.choice, 1);
	ck_assert_str_eq(called, "hello");
	ck_assert_str_eq(rest.p, "one,two,-g,-,");
	buf_release(&rest);
}
END_TEST

START_TEST(lists_grow)
{
	const char *words[31] = { 0 };

	got = (struct parsed){ 0 };
	for (size_t i = 0; i < 30; i += 2) {
		words[i] = "--list";
		words[i + 1] = i % 4 ? "odd" : "even";
	}
	parse(words, NULL);
	ck_assert_uint_eq(got.list.n, 15);
	for (size_t i = 0; i < 15; i++)
		ck_assert_str_eq(got.list.item[i], i % 2 ? "odd" : "even");
}
END_TEST

START_TEST(short_options_stand_together)
{
	got = (struct parsed){ 0 };
	parse(WORDS("-gin5"), NULL);
	ck_assert(got.flag && got.inner);
	ck_assert_int_eq(got.whole, 5);
}
END_TEST

static void parse_child(void *words)
{
	parse(words, NULL);
}

static const struct {
	const char *const *words;
	const char *message;
} wrong[] = {
	{ WORDS("--nothing"), "unknown option --nothing" },
	{ WORDS("--flga"), "unknown option --flga; did you mean --flag?" },
	{ WORDS("--txet=x"), "unknown option --txet; did you mean --text?" },
	{ WORDS("--nothing=x"), "unknown option --nothing" },
	{ WORDS("-z"), "unknown option -z" },
	{ WORDS("-gz"), "unknown option -z" },
	{ WORDS("--flag", "-zg"), "unknown option -z" },
	{ WORDS("file", "-gzi", "file"), "unknown option -z" },
	{ WORDS("--flag=1"), "--flag takes no value" },
	{ WORDS("--help=1"), "--help takes no value" },
	{ WORDS("-t"), "-t needs a value" },
	{ WORDS("--text"), "--text needs a value" },
	{ WORDS("-n", "x"), "--whole: \"x\" is not a whole number" },
	{ WORDS("-n", "1.5"), "--whole: \"1.5\" is not a whole number" },
	{ WORDS("-n", ""), "--whole: \"\" is not a whole number" },
	{ WORDS("-n", "0"), "--whole: 0 is not within 1 and 100" },
	{ WORDS("-n", "101"), "--whole: 101 is not within 1 and 100" },
	{ WORDS("--whole", "99999999999999999999"),
	  "--whole: \"99999999999999999999\" is not a whole number" },
	{ WORDS("--real", "nan"), "--real: \"nan\" is not a number" },
	{ WORDS("--real", "0x1"), "--real: \"0x1\" is not a number" },
	{ WORDS("--day", "2023-02-29"),
	  "--day: \"2023-02-29\" is not a date (YYYY-MM-DD)" },
	{ WORDS("-c", "b"), "--choice: \"b\" is not one of a|bc|d" },
	{ WORDS("-c", "a|bc"), "--choice: \"a|bc\" is not one of a|bc|d" },
	{ WORDS("-c", ""), "--choice: \"\" is not one of a|bc|d" },
	{ WORDS("--a\nb"), "unknown option --a\\x0ab" },
	{ WORDS("-\x1b"), "unknown option -\\x1b" },
	{ WORDS("-%s"), "unknown option -%" },
};

START_TEST(wrong_usage_is_told_in_one_line)
{
	struct child c = { 0 };
	struct buf want = { 0 };
	const char *words[8];
	size_t n = 0;

	for (; wrong[_i].words[n]; n++)
		words[n] = wrong[_i].words[n];
	words[n] = NULL;
	child_run(&c, parse_child, words);
	buf_addf(&want, "crmutils: %s (see crmutils -h)\n",
		 wrong[_i].message);
	ck_assert_str_eq(c.err.p, want.p);
	ck_assert_int_eq(c.status, EXIT_USAGE);
	ck_assert_str_eq(c.out.p, "");
	child_release(&c);
	buf_release(&want);
}
END_TEST

START_TEST(help_shows_own_options_and_help_all_every_one)
{
	struct child c = { 0 };
	const char *help[] = { "-h", NULL }, *all[] = { "--help-all", NULL };

	child_run(&c, parse_child, help);
	ck_assert_int_eq(c.status, 0);
	ck_assert_str_eq(
		c.out.p,
		"usage: crm-test [OPTION...] [FILE...]\n"
		"Tests.\n"
		"  -g, --flag                   a flag\n"
		"  -t, --text WORD              a word\n"
		"      --list WORD              words\n"
		"  -n, --whole N                a number\n"
		"      --real X                 a number\n"
		"      --day DATE               a day\n"
		"  -c, --choice a|bc|d          a choice\n"
		"      --call X                 a call\n"
		"  -q, --quick                  a call\n"
		"  and the common options of crmutils(1), listed by "
		"--help-all\n"
		"example:\n"
		"  crm-test -g file.csv\n");
	child_run(&c, parse_child, all);
	ck_assert_int_eq(c.status, 0);
	ck_assert_ptr_nonnull(
		strstr(c.out.p, "  -i, --inner                  from an"));
	child_release(&c);
}
END_TEST

START_TEST(version_is_told)
{
	struct child c = { 0 };
	const char *words[] = { "--version", NULL };

	child_run(&c, parse_child, words);
	ck_assert_int_eq(c.status, 0);
	ck_assert_str_eq(c.out.p, "crmutils (crmutils) " CRM_VERSION "\n");
	child_release(&c);
}
END_TEST

START_TEST(a_choice_is_one_whole_word)
{
	ck_assert_int_eq(opt_choice("a|bc|d", TEXT("a")), 0);
	ck_assert_int_eq(opt_choice("a|bc|d", TEXT("d")), 2);
	ck_assert_int_eq(opt_choice("a|bc|d", TEXT("b")), -1);
	ck_assert_int_eq(opt_choice("a|bc|d", TEXT("bcd")), -1);
	ck_assert_int_eq(opt_choice("a|bc|d", TEXT("")), -1);
	ck_assert_int_eq(opt_choice("one", TEXT("one")), 0);
}
END_TEST

/* ---- verbs ---- */

static int first_main(int argc, char **argv)
{
	printf("first %d %s %s\n", argc, argv[0], argc > 1 ? argv[1] : "-");
	return 3;
}

static int whole_main(int argc, char **argv)
{
	printf("whole %d %s\n", argc, argc > 1 ? argv[1] : "-");
	return 4;
}

struct verb_run {
	bool whole;
	const char *word[3];
};

static void verb_child(void *ctx)
{
	static const struct verb with[] = { { "first", "the first", first_main },
					    { "", "", whole_main },
					    { 0 } };
	static const struct verb without[] = {
		{ "first", "the first", first_main }, { 0 }
	};
	static const struct program program = { "crm-test", "VERB", "Tests.",
						"crm-test first", NULL };
	const struct verb_run *run = ctx;
	char *argv[5] = { word("crm-test") };
	int argc = 1;

	for (size_t i = 0; i < 3 && run->word[i]; i++)
		argv[argc++] = word(run->word[i]);
	exit(opt_verbs(&program, run->whole ? with : without, argc, argv));
}

static const struct {
	struct verb_run run;
	int status;
	const char *out, *err;
} verbs[] = {
	{ { false, { "first" } }, 3, "first 1 first -\n", "" },
	{ { true, { "first", "-x" } }, 3, "first 2 first -x\n", "" },
	{ { true, { "file" } }, 4, "whole 2 file\n", "" },
	{ { true, { 0 } }, 4, "whole 1 -\n", "" },
	{ { true, { "fir" } }, 4, "whole 2 fir\n", "" },
	{ { false, { 0 } }, EXIT_USAGE, "", "a verb is missing" },
	{ { false, { "no" } }, EXIT_USAGE, "",
	  "\"no\" is not a verb of crm-test" },
	{ { false, { "fisrt" } }, EXIT_USAGE, "",
	  "\"fisrt\" is not a verb of crm-test; did you mean first?" },
	{ { true, { "frist" } }, EXIT_USAGE, "",
	  "\"frist\" is not a verb of crm-test; did you mean first?" },
	{ { true, { "-h" } }, 0,
	  "usage: crm-test VERB\nTests.\n  first        the first\n"
	  "  `crm-test VERB -h` tells the options of a verb\nexample:\n"
	  "  crm-test first\n",
	  "" },
	{ { false, { "-V" } }, 0, "crmutils (crmutils) " CRM_VERSION "\n", "" },
};

/* 19 verbs in two columns; the help is then as long as a screen may be. */
static void many_child(void *ctx)
{
	static const struct program program = { "crm-test", "VERB",
						"Tests.\nThem.\nAll.",
						"crm-test first", NULL };
	struct verb many[20] = { { 0 } };
	char *argv[] = { word("crm-test"), word("-h"), NULL };

	(void)ctx;
	for (size_t i = 0; i < 19; i++)
		many[i] = (struct verb){ i ? "verb-nine" : "first",
					 "a help of just 26 letters.",
					 first_main };
	many[10].name = "tenth";
	exit(opt_verbs(&program, many, 2, argv));
}

START_TEST(many_verbs_fit_a_screen)
{
	struct child c = { 0 };
	size_t lines = 0, width = 0;

	child_run(&c, many_child, NULL);
	ck_assert_int_eq(c.status, 0);
	ck_assert_ptr_nonnull(strstr(c.out.p,
				     "\n  first     a help of just 26 letters."
				     "  tenth     a help of just 26 letters.\n"));
	ck_assert_ptr_nonnull(strstr(c.out.p, "letters.\n  `crm-test VERB"));
	for (const char *p = c.out.p; *p; p++) {
		width = *p == '\n' ? 0 : width + 1;
		lines += *p == '\n';
		ck_assert_uint_lt(width, 80);
	}
	ck_assert_uint_le(lines, 24);
	child_release(&c);
}
END_TEST

START_TEST(a_verb_is_run_by_its_name)
{
	struct child c = { 0 };
	struct verb_run run = verbs[_i].run;
	struct buf want = { 0 };

	child_run(&c, verb_child, &run);
	ck_assert_int_eq(c.status, verbs[_i].status);
	ck_assert_str_eq(c.out.p, verbs[_i].out);
	if (*verbs[_i].err)
		buf_addf(&want, "crmutils: %s (see crmutils -h)\n",
			 verbs[_i].err);
	ck_assert_str_eq(c.err.p, want.p ? want.p : "");
	child_release(&c);
	buf_release(&want);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("opt");
	TCase *t = tcase_create("opt");
	SRunner *r;
	int failed;

	tcase_add_test(t, every_kind_is_stored);
	tcase_add_test(t, lists_grow);
	tcase_add_test(t, many_verbs_fit_a_screen);
	tcase_add_test(t, short_options_stand_together);
	tcase_add_loop_test(t, wrong_usage_is_told_in_one_line, 0,
			    NELEMS(wrong));
	tcase_add_test(t, help_shows_own_options_and_help_all_every_one);
	tcase_add_test(t, version_is_told);
	tcase_add_test(t, a_choice_is_one_whole_word);
	tcase_add_loop_test(t, a_verb_is_run_by_its_name, 0, NELEMS(verbs));
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
