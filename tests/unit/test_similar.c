/* SPDX-License-Identifier: GPL-3.0-or-later */
/* String measures: published figures, and plain definitions as the judge. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/similar.h"
#include "num/rng.h"

/* ---- published figures ---- */

/* Winkler, "Advanced methods for record linkage", Proc. Section on Survey
 * Research Methods, ASA 1994, table of string comparator values, the column
 * of the comparator with the common prefix; and the examples MARTHA, DWAYNE,
 * DIXON of the Census Bureau's string comparator. Three decimals. */
static const struct {
	const char *a, *b;
	int thousandths;
} winkler[] = {
	{ "MARTHA", "MARHTA", 961 },	    { "DWAYNE", "DUANE", 840 },
	{ "DIXON", "DICKSONX", 813 },	    { "JONES", "JOHNSON", 832 },
	{ "SHACKLEFORD", "SHACKELFORD", 982 }, { "MASSEY", "MASSIE", 933 },
	{ "DUNNINGHAM", "CUNNIGHAM", 896 }, { "ABROMS", "ABRAMS", 922 },
	{ "NICHLESON", "NICHULSON", 956 },  { "HARDIN", "MARTINEZ", 722 },
	{ "JERALDINE", "GERALDINE", 926 },  { "MARHTA", "MARTHA", 961 },
	{ "MICHELLE", "MICHAEL", 921 },	    { "JULIES", "JULIUS", 933 },
	{ "TANYA", "TONYA", 880 },	    { "SEAN", "SUSAN", 805 },
	{ "JON", "JOHN", 933 },		    { "JON", "JAN", 800 },
	{ "", "", 1000 },		    { "", "JON", 0 },
	{ "ABC", "XYZ", 0 },		    { "JON", "JON", 1000 },
};

START_TEST(jaro_winkler_is_as_winkler_printed_it)
{
	double s = similar_jaro_winkler(text_of(winkler[_i].a),
					text_of(winkler[_i].b));

	ck_assert_int_eq((int)(s * 1000 + 0.5), winkler[_i].thousandths);
}
END_TEST

/* National Archives, "Soundex System" (archives.gov/research/census/soundex),
 * with the rules on double letters, h and w, and vowels between. */
static const struct {
	const char *name, *code;
} soundex[] = {
	{ "Washington", "W252" }, { "Lee", "L000" },	  { "Gutierrez", "G362" },
	{ "Pfister", "P236" },	  { "Jackson", "J250" },  { "Tymczak", "T522" },
	{ "VanDeusen", "V532" },  { "Ashcraft", "A261" }, { "Robert", "R163" },
	{ "Rupert", "R163" },	  { "Rubin", "R150" },	  { "müller", "M460" },
	{ "MULLER", "M460" },	  { "o'hara", "O600" },	  { "Łukasz", "L220" },
	{ "", "" },		  { "张伟", "" },	  { "12", "" },
};

START_TEST(soundex_is_as_the_archives_code_it)
{
	char code[5];

	similar_soundex(text_of(soundex[_i].name), code);
	ck_assert_str_eq(code, soundex[_i].code);
}
END_TEST

/* Wagner and Fischer's kitten; an exchange is one edit, and as no part is
 * edited twice CA to ABC takes three. */
static const struct {
	const char *a, *b;
	unsigned edits;
} edits[] = {
	{ "kitten", "sitting", 3 }, { "CA", "ABC", 3 },	   { "ab", "ba", 1 },
	{ "", "", 0 },		    { "", "abc", 3 },	   { "abc", "", 3 },
	{ "same", "same", 0 },	    { "张伟", "伟张", 1 }, { "张伟", "张玮", 1 },
	{ "欧阳娜娜", "欧阳娜", 1 },  { "müller", "muller", 1 },
	{ "\xff\xfe", "\xff\xfe", 0 },
};

START_TEST(edits_are_counted_by_sign)
{
	struct text a = text_of(edits[_i].a), b = text_of(edits[_i].b);
	unsigned n = edits[_i].edits;

	ck_assert_uint_eq(similar_edits(a, b, 10), n);
	ck_assert_uint_eq(similar_edits(b, a, UINT32_MAX), n);
	if (n > 0)
		ck_assert_uint_eq(similar_edits(a, b, n - 1), n);
}
END_TEST

/* ---- the definitions, plainly ---- */

#define LONG 200

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned plain_edits(const unsigned char *a, unsigned n,
			    const unsigned char *b, unsigned m)
{
	static unsigned d[LONG + 1][LONG + 1];

	for (unsigned i = 0; i <= n; i++)
		for (unsigned j = 0; j <= m; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(d[i - 1][j - 1] +
						(a[i - 1] != b[j - 1]),
					least(d[i - 1][j], d[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[n][m];
}

/* For each sign of b the first free equal one of a within reach. */
static double plain_jaro_winkler(const unsigned char *a, int n,
				 const unsigned char *b, int m)
{
	int reach = (n > m ? n : m) / 2 - 1, common = 0, out = 0, prefix = 0;
	int of_a[SIMILAR_SIGNS], of_b[SIMILAR_SIGNS];
	double jaro;

	if (n == 0 || m == 0)
		return n == m;
	memset(of_a, -1, sizeof(of_a));
	memset(of_b, -1, sizeof(of_b));
	if (reach < 0)
		reach = 0;
	for (int j = 0; j < m; j++)
		for (int i = 0; i < n && of_b[j] < 0; i++)
			if (of_a[i] < 0 && abs(i - j) <= reach &&
			    a[i] == b[j]) {
				of_a[i] = j;
				of_b[j] = i;
				common++;
			}
	if (!common)
		return 0;
	for (int i = 0, j = 0; i < n; i++) {
		if (of_a[i] < 0)
			continue;
		while (of_b[j] < 0)
			j++;
		out += a[i] != b[j++];
	}
	jaro = ((double)common / n + (double)common / m +
		(common - out / 2) / (double)common) / 3;
	while (prefix < 4 && prefix < n && prefix < m &&
	       a[prefix] == b[prefix])
		prefix++;
	return jaro > 0.7 ? jaro + 0.1 * prefix * (1 - jaro) : jaro;
}

/* Two strings of a small alphabet, the second often made from the first. */
static void draw(struct rng *rng, unsigned max, unsigned char *a, unsigned *n,
		 unsigned char *b, unsigned *m)
{
	unsigned letters = (unsigned)rng_between(rng, 1, 6);

	*n = (unsigned)rng_below(rng, max + 1);
	for (unsigned i = 0; i < *n; i++)
		a[i] = (unsigned char)('a' + rng_below(rng, letters));
	if (rng_chance(rng, 300000)) {
		*m = (unsigned)rng_below(rng, max + 1);
		for (unsigned i = 0; i < *m; i++)
			b[i] = (unsigned char)('a' + rng_below(rng, letters));
		return;
	}
	memcpy(b, a, *n);
	*m = *n;
	for (uint64_t k = rng_below(rng, 5); k > 0 && *m > 0; k--) {
		unsigned at = (unsigned)rng_below(rng, *m);

		if (rng_chance(rng, 500000))
			b[at] = (unsigned char)('a' + rng_below(rng, letters));
		else
			memmove(b + at, b + at + 1, --*m - at);
	}
}

static void edits_match(struct rng *rng, unsigned longest)
{
	unsigned char a[LONG], b[LONG];
	unsigned n, m, want, max;

	draw(rng, longest, a, &n, b, &m);
	struct text x = { (char *)a, n }, y = { (char *)b, m };

	want = plain_edits(a, n, b, m);
	max = (unsigned)rng_below(rng, longest + 2);
	ck_assert_uint_eq(similar_edits(x, y, UINT32_MAX), want);
	ck_assert_uint_eq(similar_edits(y, x, UINT32_MAX), want);
	ck_assert_uint_eq(similar_edits(x, y, max), least(want, max + 1));
	ck_assert_uint_eq(similar_edits(x, y, want), want);
}

START_TEST(edits_are_those_of_the_plain_table)
{
	static const unsigned longest[] = { 6, 20, SIMILAR_SIGNS, LONG };
	struct rng rng;

	rng_init(&rng, 1, (uint64_t)_i);
	for (int k = 0; k < (_i < 3 ? 20000 : 1000); k++)
		edits_match(&rng, longest[_i]);
}
END_TEST

START_TEST(jaro_winkler_is_that_of_the_plain_definition)
{
	static const unsigned longest[] = { 4, 12, SIMILAR_SIGNS };
	unsigned char a[LONG], b[LONG];
	unsigned n, m;
	struct rng rng;

	rng_init(&rng, 2, (uint64_t)_i);
	for (int k = 0; k < 20000; k++) {
		draw(&rng, longest[_i], a, &n, b, &m);
		struct text x = { (char *)a, n }, y = { (char *)b, m };
		double s = similar_jaro_winkler(x, y);

		ck_assert(s == plain_jaro_winkler(a, (int)n, b, (int)m));
		ck_assert(s == similar_jaro_winkler(y, x));
		ck_assert(s >= 0 && s <= 1);
		ck_assert(similar_jaro_winkler(x, x) == 1);
	}
}
END_TEST

START_TEST(a_bound_on_jaro_winkler_hides_only_what_is_below_it)
{
	unsigned char a[LONG], b[LONG];
	struct similar_places p;
	struct rng rng;

	rng_init(&rng, 4, 0);
	for (int k = 0; k < 20000; k++) {
		struct similar_word x = { .narrow = a }, y = { .narrow = b };
		double s, bounded, least = (double)rng_below(&rng, 101) / 100;

		draw(&rng, 12, a, &x.n, b, &y.n);
		if (x.n == 0 || y.n == 0)
			continue;
		s = similar_word_jaro_winkler(&x, &y);
		similar_find(&p, &x, &y);
		bounded = similar_places_jaro_winkler(&p, least);
		ck_assert(bounded == s || (bounded == 0 && s < least));
		ck_assert_uint_eq(similar_places_edits(&p, 3),
				  similar_word_edits(&x, &y, 3));
	}
}
END_TEST

START_TEST(code_points_and_bytes_of_ascii_give_the_same)
{
	unsigned char a[LONG], b[LONG];
	uint32_t p[SIMILAR_SIGNS], q[SIMILAR_SIGNS];
	struct rng rng;

	rng_init(&rng, 3, 0);
	for (int k = 0; k < 20000; k++) {
		struct similar_word x = { .narrow = a }, y = { .narrow = b };

		draw(&rng, SIMILAR_SIGNS, a, &x.n, b, &y.n);
		for (unsigned i = 0; i < SIMILAR_SIGNS; i++) {
			p[i] = i < x.n ? a[i] : 0;
			q[i] = i < y.n ? b[i] : 0;
		}
		struct similar_word v = { .wide = p, .n = x.n };
		struct similar_word w = { .wide = q, .n = y.n };

		ck_assert_uint_eq(similar_word_edits(&x, &y, 64),
				  similar_word_edits(&v, &w, 64));
		ck_assert_uint_eq(similar_word_edits(&x, &w, 2),
				  similar_word_edits(&v, &y, 2));
		ck_assert(similar_word_jaro_winkler(&x, &y) ==
			  similar_word_jaro_winkler(&v, &w));
		ck_assert(similar_word_jaro_winkler(&x, &w) ==
			  similar_word_jaro_winkler(&v, &y));
	}
}
END_TEST

/* A long text that begins with 64 equal signs. */
/* The bag's count is never less than the true one, and is it where all signs
 * have a class of their own. */
START_TEST(what_words_share_is_bounded_by_their_bags)
{
	unsigned char a[LONG], b[LONG];
	struct rng rng;

	rng_init(&rng, 4, 0);
	for (int k = 0; k < 20000; k++) {
		struct similar_word x = { .narrow = a }, y = { .narrow = b };
		unsigned count[2][256] = { { 0 } }, shared = 0, most = 0;
		struct similar_bag p, q;

		draw(&rng, SIMILAR_SIGNS, a, &x.n, b, &y.n);
		for (unsigned i = 0; i < x.n; i++)
			most = most > ++count[0][a[i]] ? most : count[0][a[i]];
		for (unsigned i = 0; i < y.n; i++)
			most = most > ++count[1][b[i]] ? most : count[1][b[i]];
		for (unsigned c = 0; c < 256; c++)
			shared += least(count[0][c], count[1][c]);
		p = similar_bag(&x);
		q = similar_bag(&y);
		ck_assert_uint_ge(similar_bag_shared(&p, &q), shared);
		ck_assert_uint_eq(similar_bag_shared(&p, &q),
				  similar_bag_shared(&q, &p));
		if (most <= 7)
			ck_assert_uint_eq(similar_bag_shared(&p, &q), shared);
	}
}
END_TEST

START_TEST(of_long_texts_jaro_winkler_sees_the_first_signs)
{
	char a[100], b[100];

	memset(a, 'a', sizeof(a));
	memset(b, 'a', sizeof(b));
	b[64] = 'b';
	ck_assert(similar_jaro_winkler((struct text){ a, 100 },
				       (struct text){ b, 100 }) == 1);
	ck_assert_uint_eq(similar_edits((struct text){ a, 100 },
					(struct text){ b, 100 }, 9), 1);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("similar");
	TCase *c = tcase_create("similar");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_loop_test(c, jaro_winkler_is_as_winkler_printed_it, 0,
			    NELEMS(winkler));
	tcase_add_loop_test(c, soundex_is_as_the_archives_code_it, 0,
			    NELEMS(soundex));
	tcase_add_loop_test(c, edits_are_counted_by_sign, 0, NELEMS(edits));
	tcase_add_loop_test(c, edits_are_those_of_the_plain_table, 0, 4);
	tcase_add_loop_test(c, jaro_winkler_is_that_of_the_plain_definition, 0,
			    3);
	tcase_add_test(c, a_bound_on_jaro_winkler_hides_only_what_is_below_it);
	tcase_add_test(c, code_points_and_bytes_of_ascii_give_the_same);
	tcase_add_test(c, what_words_share_is_bounded_by_their_bags);
	tcase_add_test(c, of_long_texts_jaro_winkler_sees_the_first_signs);
	tcase_set_timeout(c, 60);
	suite_add_tcase(s, c);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
