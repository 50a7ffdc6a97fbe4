/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of options, read by the parser, by -h and by the completions. */
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/near.h"
#include "base/number.h"
#include "base/opt.h"

/* -h fits a terminal of 24 lines. */
#define SCREEN_LINES 24
#define VERBS_MAX 40

/* The table with its includes laid flat, in order. */
struct flat {
	const struct opt **item;
	size_t n, cap;
};

enum { HELP = 0x100, HELP_ALL, VERSION, FIRST };

static void flatten(struct flat *f, const struct opt *o)
{
	for (; o->kind != OPT_END; o++) {
		if (o->kind == OPT_INCLUDE) {
			flatten(f, o->to);
			continue;
		}
		f->item = mem_grow(f->item, f->n, &f->cap, sizeof(*f->item));
		f->item[f->n++] = o;
	}
}

int opt_choice(const char *words, struct text word)
{
	struct text rest = text_of(words), part;

	for (int i = 0; text_split(&rest, '|', &part); i++)
		if (text_eq(part, word))
			return i;
	return -1;
}

/* Lists last as long as the program, whoever holds their struct. */
static struct arena lists;

static void list_add(struct opt_list *list, const char *value)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? 2 * list->cap : 8;
		const char **item = arena_alloc(&lists, cap * sizeof(*item));

		for (size_t i = 0; i < list->n; i++)
			item[i] = list->item[i];
		list->item = item;
		list->cap = cap;
	}
	list->item[list->n++] = value;
}

static void store_int(const struct opt *o, const char *value)
{
	int64_t v;

	if (!number_int(text_of(value), &v))
		die_usage("--%s: \"%s\" is not a whole number", o->name, value);
	if (o->max > o->min && (v < o->min || v > o->max))
		die_usage("--%s: %s is not within %lld and %lld", o->name,
			  value, (long long)o->min, (long long)o->max);
	*(int64_t *)o->to = v;
}

static void store_choice(const struct opt *o, const char *value)
{
	int i = opt_choice(o->arg, text_of(value));

	if (i < 0)
		die_usage("--%s: \"%s\" is not one of %s", o->name, value,
			  o->arg);
	*(int *)o->to = i;
}

static void store(const struct opt *o, const char *value)
{
	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)o->to = true;
		break;
	case OPT_TEXT:
		*(const char **)o->to = value;
		break;
	case OPT_LIST:
		list_add(o->to, value);
		break;
	case OPT_INT:
		store_int(o, value);
		break;
	case OPT_REAL:
		if (!number_real(text_of(value), o->to))
			die_usage("--%s: \"%s\" is not a number", o->name,
				  value);
		break;
	case OPT_DAY:
		if (!day_parse(text_of(value), o->to))
			die_usage("--%s: \"%s\" is not a date (YYYY-MM-DD)",
				  o->name, value);
		break;
	case OPT_CHOICE:
		store_choice(o, value);
		break;
	case OPT_CALL:
		((void (*)(const char *))o->to)(value);
		break;
	case OPT_END:
	case OPT_INCLUDE:
		bug("option --%s has no kind", o->name);
	}
}

/* Columns of a screen, and the one after which help begins. */
enum { SCREEN = 80, HELP_AT = 30 };

static void print_option(const struct opt *o)
{
	char left[100];
	int n = snprintf(left, sizeof(left), "  %c%c%s--%s%s%s",
			 o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
			 o->letter ? ", " : "  ", o->name, o->arg ? " " : "",
			 o->arg ? o->arg : "");

	/* A long one pushes its words to the right rather than down, so that
	 * one option is one line, as long as it fits the screen. */
	if (n + 1 + (int)strlen(o->help) <= SCREEN)
		printf("%-*s %s\n", n < HELP_AT ? HELP_AT : n, left, o->help);
	else
		printf("%s\n%*s %s\n", left, HELP_AT, "", o->help);
}

static void print_help(const struct program *p, const struct flat *f, bool all)
{
	bool common = false;

	printf("usage: %s %s\n%s\n", p->name, p->synopsis, p->about);
	for (size_t i = 0; i < f->n; i++) {
		if (!f->item[i]->common || all)
			print_option(f->item[i]);
		common = common || f->item[i]->common;
	}
	if (common && !all)
		puts("  and the common options of crmutils(1), listed by "
		     "--help-all");
	printf("example:\n  %s\n", p->example);
}

static _Noreturn void print_and_end(void)
{
	if (fflush(stdout) != 0)
		die_errno("standard output");
	exit(EXIT_DONE);
}

static _Noreturn void print_version(void)
{
	printf("%s (crmutils) %s\n", msg_program(), CRM_VERSION);
	print_and_end();
}

/* getopt's two views of the table; long options carry FIRST + index. */
struct getopt_view {
	struct option *longs;
	char *shorts;
	int by_letter[256];
};

static void view_make(struct getopt_view *v, const struct flat *f)
{
	static const struct option fixed[] = {
		{ "help", no_argument, NULL, HELP },
		{ "help-all", no_argument, NULL, HELP_ALL },
		{ "version", no_argument, NULL, VERSION },
	};
	size_t at = 0;

	v->longs = mem_zalloc(f->n + NELEMS(fixed) + 1, sizeof(*v->longs));
	v->shorts = mem_zalloc(2 * f->n + 8, 1);
	at += (size_t)sprintf(v->shorts, ":hV");
	for (size_t i = 0; i < f->n; i++) {
		const struct opt *o = f->item[i];

		v->longs[i] = (struct option){
			o->name, o->arg ? required_argument : no_argument,
			NULL, FIRST + (int)i
		};
		if (!o->letter)
			continue;
		v->by_letter[(unsigned char)o->letter] = FIRST + (int)i;
		v->shorts[at++] = o->letter;
		if (o->arg)
			v->shorts[at++] = ':';
	}
	memcpy(v->longs + f->n, fixed, sizeof(fixed));
}

/* What stands behind the equals sign may be anybody's, and is not told. */
static _Noreturn void unknown_option(const struct flat *f, const char *word)
{
	int n = (int)strcspn(word, "=");
	struct near near;

	near_begin(&near, (struct text){ word + 2, (size_t)n - 2 });
	for (size_t i = 0; i < f->n; i++)
		near_try(&near, text_of(f->item[i]->name));
	if (near.best.p)
		die_usage("unknown option %.*s; did you mean --%.*s?", n, word,
			  (int)near.best.n, near.best.p);
	die_usage("unknown option %.*s", n, word);
}

static _Noreturn void refuse(const struct flat *f, char **argv, int got)
{
	const char *word = argv[optind - 1];

	if (got == ':')
		die_usage("%s needs a value", word);
	/* Of a short one getopt tells only the letter, which may stand in the
	 * midst of a word; of a long one that takes no value its number. */
	if (optopt >= FIRST || optopt == HELP || optopt == HELP_ALL ||
	    optopt == VERSION)
		die_usage("%.*s takes no value", (int)strcspn(word, "="), word);
	if (optopt)
		die_usage("unknown option -%c", optopt);
	unknown_option(f, word);
}

char **opt_parse(const struct program *p, int argc, char **argv, size_t *count)
{
	struct flat f = { 0 };
	struct getopt_view v = { 0 };
	int got;

	flatten(&f, p->opts);
	view_make(&v, &f);
	opterr = 0;
	optind = 0;
	while ((got = getopt_long(argc, argv, v.shorts, v.longs, NULL)) != -1) {
		if (got == '?' || got == ':')
			refuse(&f, argv, got);
		if (got == 'V' || got == VERSION)
			print_version();
		if (got == 'h' || got == HELP || got == HELP_ALL) {
			print_help(p, &f, got == HELP_ALL);
			print_and_end();
		}
		if (got < FIRST)
			got = v.by_letter[got];
		/* getopt gives only what the table has.
		 * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		store(f.item[got - FIRST], optarg);
	}
	free(v.longs);
	free(v.shorts);
	free(f.item);
	*count = (size_t)(argc - optind);
	return argv + optind;
}

static int lines_of(const char *text)
{
	int n = 1;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* The verbs down one column, or two where a screen would not hold one: names
 * and help are short enough for it then. */
static void list_verbs(const struct verb *verb, int screen)
{
	const struct verb *shown[VERBS_MAX];
	int n = 0, rows;

	for (; verb->name && n < VERBS_MAX; verb++)
		if (*verb->name)
			shown[n++] = verb;
	rows = n <= screen ? n : (n + 1) / 2;
	for (int i = 0; i < rows; i++) {
		if (rows == n)
			printf("  %-12s %s\n", shown[i]->name, shown[i]->help);
		else if (rows + i < n)
			printf("  %-9s %-26s  %-9s %s\n", shown[i]->name,
			       shown[i]->help, shown[rows + i]->name,
			       shown[rows + i]->help);
		else
			printf("  %-9s %s\n", shown[i]->name, shown[i]->help);
	}
}

static _Noreturn void verbs_help(const struct program *p,
				 const struct verb *verb)
{
	printf("usage: %s %s\n%s\n", p->name, p->synopsis, p->about);
	list_verbs(verb, SCREEN_LINES - lines_of(p->about) - 4);
	printf("  `%s VERB -h` tells the options of a verb\nexample:\n  %s\n",
	       p->name, p->example);
	print_and_end();
}

/* What a word that is neither verb, option nor file may stand for. */
static const char *verb_near(const struct verb *verbs, const char *word)
{
	struct near near;

	near_begin(&near, text_of(word));
	for (const struct verb *v = verbs; v->name; v++)
		if (*v->name)
			near_try(&near, text_of(v->name));
	return near.best.p;
}

int opt_verbs(const struct program *p, const struct verb *verbs, int argc,
	      char **argv)
{
	const struct verb *whole = NULL;
	const char *meant;
	const char *word = argc > 1 ? argv[1] : "";

	for (const struct verb *v = verbs; v->name; v++) {
		if (!*v->name)
			whole = v;
		else if (strcmp(v->name, word) == 0)
			return v->main(argc - 1, argv + 1);
	}
	if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0)
		verbs_help(p, verbs);
	if (strcmp(word, "-V") == 0 || strcmp(word, "--version") == 0)
		print_version();
	meant = *word && *word != '-' ? verb_near(verbs, word) : NULL;
	if (whole && (!meant || access(word, F_OK) == 0))
		return whole->main(argc, argv);
	if (!*word)
		die_usage("a verb is missing");
	if (meant)
		die_usage("\"%s\" is not a verb of %s; did you mean %s?", word,
			  p->name, meant);
	die_usage("\"%s\" is not a verb of %s", word, p->name);
}

bool opt_is_set(const struct opt *o)
{
	switch (o->kind) {
	case OPT_FLAG:
		return *(const bool *)o->to;
	case OPT_TEXT:
		return *(const char *const *)o->to != NULL;
	case OPT_LIST:
		return ((const struct opt_list *)o->to)->n > 0;
	case OPT_INT:
		return *(const int64_t *)o->to != 0;
	case OPT_REAL:
		return !isnan(*(const double *)o->to) &&
		       *(const double *)o->to != 0;
	case OPT_CHOICE:
		return *(const int *)o->to != 0;
	default:
		bug("--%s cannot be told to be unset", o->name);
	}
}
