/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far names agree: in ideographs by the sign and by sound, in letters by
 * the word, in whatever order. */
#include <string.h>

#include "model/linkage_values.h"

/* Levels of a part of a name. */
enum part_level {
	PART_EXACT,
	PART_CLOSE,
	PART_SIMILAR,
	PART_WEAK,
	PART_DIFFER
};

/* Levels of a whole name. */
enum whole_level {
	WHOLE_EXACT,
	WHOLE_ORDER,
	WHOLE_SOUND,
	WHOLE_CLOSE,
	WHOLE_SIMILAR,
	WHOLE_PART,
	WHOLE_WEAK,
	WHOLE_DIFFER
};

static unsigned first_sign(const struct similar_word *w)
{
	if (w->narrow)
		return w->narrow[0];
	return w->wide ? w->wide[0] : 0;
}

static unsigned smaller(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* One of them is the first letter of the other. */
static bool is_initial(const struct similar_word *a,
		       const struct similar_word *b)
{
	return (a->n == 1 || b->n == 1) && first_sign(a) == first_sign(b);
}

/* Two different words of letters. */
static enum part_level word_level(const struct similar_word *a,
				  const struct similar_word *b)
{
	unsigned shorter = smaller(a->n, b->n), edits;
	struct similar_places p;
	double jw;

	similar_find(&p, a, b);
	edits = similar_places_edits(&p, 2);
	if (edits == 0)
		return PART_EXACT;
	if (edits == 1 && shorter >= 3)
		return PART_CLOSE;
	if (is_initial(a, b))
		return PART_WEAK;
	jw = similar_places_jaro_winkler(&p, .80);
	if (jw >= .95)
		return PART_CLOSE;
	if (jw >= .88 || (edits <= 2 && shorter >= 5))
		return PART_SIMILAR;
	return jw >= .80 ? PART_WEAK : PART_DIFFER;
}

/* ---- ideographs ---- */

static struct similar_word han_word(const struct linkage_value *v)
{
	return (struct similar_word){ .wide = v->signs, .n = v->n };
}

static bool same_sound(const struct linkage_value *a,
		       const struct linkage_value *b)
{
	return a->sound == b->sound && a->sound != LINKAGE_EMPTY;
}

static bool nearly_same_sound(const struct linkage_values *v,
			      const struct linkage_value *a,
			      const struct linkage_value *b)
{
	if (a->sound == LINKAGE_EMPTY || b->sound == LINKAGE_EMPTY)
		return false;
	return similar_edits(group_key(v->sounds, a->sound),
			     group_key(v->sounds, b->sound), 1) <= 1;
}

/* How many signs both have, each as often as both have it. */
static unsigned shared_signs(const struct similar_word *a,
			     const struct similar_word *b)
{
	uint64_t taken = 0;
	unsigned shared = 0;

	for (unsigned i = 0; i < a->n; i++)
		for (unsigned j = 0; j < b->n; j++)
			if (a->wide[i] == b->wide[j] && !(taken >> j & 1)) {
				taken |= (uint64_t)1 << j;
				shared++;
				break;
			}
	return shared;
}

/* A part: the same signs in another order or of the same sound; signs
 * missing; one off in three. */
static enum part_level han_part(const struct linkage_values *v,
				const struct linkage_value *x,
				const struct linkage_value *y)
{
	struct similar_word a = han_word(x);
	struct similar_word b = han_word(y);
	unsigned shared = shared_signs(&a, &b), shorter = smaller(a.n, b.n);
	unsigned longer = a.n + b.n - shorter;

	if (same_sound(x, y) || (shared == longer && longer > 1))
		return PART_CLOSE;
	if (longer >= 4 && similar_word_edits(&a, &b, 1) == 1)
		return PART_CLOSE;
	if (shared == shorter || nearly_same_sound(v, x, y))
		return PART_SIMILAR;
	return shared > 0 ? PART_WEAK : PART_DIFFER;
}

static bool same_surname(const struct similar_word *a, unsigned a_head,
			 const struct similar_word *b, unsigned b_head)
{
	return a_head == b_head &&
	       memcmp(a->wide, b->wide, a_head * sizeof(*a->wide)) == 0;
}

/* One sign off in three or more, and not all of the given name. */
static bool one_off(const struct similar_word *a, const struct similar_word *b,
		    unsigned shared, unsigned head)
{
	return a->n == b->n && a->n >= 3 && shared > head &&
	       similar_word_edits(a, b, 1) == 1;
}

/* Two different names: a sign of the given name more or less is similar; all
 * that is known of 王先生 is a part; the same surname and another given name
 * says little, unless it sounds nearly the same. */
static enum whole_level han_whole(const struct linkage_values *v,
				  const struct linkage_value *x,
				  const struct linkage_value *y)
{
	struct similar_word a = han_word(x);
	struct similar_word b = han_word(y);
	unsigned shared = shared_signs(&a, &b), shorter = smaller(a.n, b.n);
	unsigned longer = a.n + b.n - shorter;
	bool surname = same_surname(&a, x->head, &b, y->head);

	if (shared == longer && longer > 1)
		return WHOLE_ORDER;
	if (same_sound(x, y))
		return WHOLE_SOUND;
	if (one_off(&a, &b, shared, surname ? x->head : 1))
		return WHOLE_CLOSE;
	if (shorter == 1)
		return surname ? WHOLE_PART : WHOLE_DIFFER;
	if (shared == shorter && longer == shorter + 1)
		return WHOLE_SIMILAR;
	if (nearly_same_sound(v, x, y))
		return WHOLE_SIMILAR;
	return surname ? WHOLE_WEAK : WHOLE_DIFFER;
}

/* ---- names of several words ---- */

struct words {
	struct similar_word word[LINKAGE_NAME_WORDS];
	unsigned n;
};

static void cut(const struct linkage_values *v, uint32_t i, struct words *to)
{
	const struct linkage_name *name = &v->name[i];

	to->n = name->words;
	for (unsigned k = 0; k < to->n; k++)
		to->word[k] = linkage_value_slice(
			&v->value[i], name->word[k].from, name->word[k].n);
}

static bool same_word(const struct similar_word *a,
		      const struct similar_word *b)
{
	if (a->n != b->n || !a->narrow != !b->narrow)
		return false;
	if (a->narrow)
		return memcmp(a->narrow, b->narrow, a->n) == 0;
	return memcmp(a->wide, b->wide, a->n * sizeof(*a->wide)) == 0;
}

/* How the words of the shorter name are found in the longer one. */
struct matched {
	enum part_level worst;
	unsigned exact; /* words found as they are */
	bool initial;	/* one of a pair is one letter */
};

/* Words of either name not yet taken, a bit each. */
struct left {
	unsigned few, many;
};

static bool both_left(const struct left *left, unsigned i, unsigned j)
{
	return (left->few >> i & 1) && (left->many >> j & 1);
}

/* Takes the pairs of words of one level, in the order of the words. */
static void take(const struct words *few, const struct words *many,
		 unsigned char level[][LINKAGE_NAME_WORDS], unsigned wanted,
		 struct left *left, struct matched *m)
{
	for (unsigned i = 0; i < few->n; i++)
		for (unsigned j = 0; j < many->n; j++) {
			if (!both_left(left, i, j) || level[i][j] != wanted)
				continue;
			left->few &= ~(1u << i);
			left->many &= ~(1u << j);
			m->worst = (enum part_level)wanted;
			m->exact += wanted == PART_EXACT;
			m->initial |=
				few->word[i].n == 1 || many->word[j].n == 1;
		}
}

/* Each word of the shorter name with the best one of the other that is left:
 * first what is exact, then what is close, and so on. */
static struct matched match_words(const struct words *few,
				  const struct words *many)
{
	struct matched m = { 0 };
	unsigned char level[LINKAGE_NAME_WORDS][LINKAGE_NAME_WORDS];
	struct left left = { (1u << few->n) - 1, (1u << many->n) - 1 };

	for (unsigned i = 0; i < few->n; i++)
		for (unsigned j = 0; j < many->n; j++)
			level[i][j] = !same_word(&few->word[i], &many->word[j]);
	take(few, many, level, PART_EXACT, &left, &m);
	for (unsigned i = 0; i < few->n; i++)
		for (unsigned j = 0; j < many->n; j++)
			if (both_left(&left, i, j))
				level[i][j] = (unsigned char)word_level(
					&few->word[i], &many->word[j]);
	for (unsigned l = PART_CLOSE; l <= PART_DIFFER && left.few; l++)
		take(few, many, level, l, &left, &m);
	return m;
}

/* The shorter one first; of equally long ones that whose text comes first, so
 * that the answer is the same either way. */
static struct matched match_names(const struct linkage_values *v, uint32_t a,
				  uint32_t b)
{
	struct words p, q;

	cut(v, a, &p);
	cut(v, b, &q);
	if (p.n < q.n ||
	    (p.n == q.n && text_cmp(linkage_values_text(v, a),
				    linkage_values_text(v, b)) < 0))
		return match_words(&p, &q);
	return match_words(&q, &p);
}

/* Names in letters that differ. */
static enum whole_level letters_whole(const struct linkage_values *v,
				      uint32_t a, uint32_t b)
{
	struct similar_word x = linkage_value_word(&v->value[a]);
	struct similar_word y = linkage_value_word(&v->value[b]);
	/* of names as a whole; one of one word is a part of another's */
	static const enum whole_level whole[] = {
		[PART_EXACT] = WHOLE_CLOSE,	[PART_CLOSE] = WHOLE_CLOSE,
		[PART_SIMILAR] = WHOLE_SIMILAR, [PART_WEAK] = WHOLE_WEAK,
		[PART_DIFFER] = WHOLE_DIFFER,
	};
	unsigned p = v->name[a].words, q = v->name[b].words;
	enum whole_level as_it_stands, by_word;
	struct matched m;

	if (p == 0 || q == 0)
		return WHOLE_DIFFER;
	if (p == 1 && q == 1)
		return whole[word_level(&x, &y)];
	as_it_stands =
		similar_word_edits(&x, &y, 1) == 1 ? WHOLE_CLOSE : WHOLE_DIFFER;
	m = match_names(v, a, b);
	if (p == q && m.worst == PART_EXACT)
		return WHOLE_ORDER;
	by_word = whole[m.worst];
	/* a word more than the other, an initial for a word: not so close */
	if ((p != q || m.initial) && m.worst <= PART_WEAK)
		by_word = m.exact == 0	      ? WHOLE_WEAK
			  : smaller(p, q) > 1 ? WHOLE_SIMILAR
					      : WHOLE_PART;
	/* john smith and mary smith */
	if (by_word == WHOLE_DIFFER && m.exact > 0)
		by_word = WHOLE_WEAK;
	return by_word < as_it_stands ? by_word : as_it_stands;
}

/* ---- either ---- */

/* All words of the one are words of the other. */
static bool is_contained(const struct linkage_values *v, uint32_t a, uint32_t b)
{
	struct matched m;

	if (v->name[a].words == v->name[b].words || !v->name[a].words ||
	    !v->name[b].words)
		return false;
	m = match_names(v, a, b);
	return m.worst == PART_EXACT && !m.initial;
}

unsigned linkage_name_part(const struct linkage_values *v, uint32_t a,
			   uint32_t b)
{
	const struct linkage_value *x = &v->value[a], *y = &v->value[b];
	struct similar_word p, q;
	enum part_level level;

	if (x->han && y->han)
		return han_part(v, x, y);
	if (same_sound(x, y))
		return PART_CLOSE;
	if (x->n > 1 && y->n > 1 && v->name[a].words == v->name[b].words &&
	    linkage_value_far(x, y))
		return PART_DIFFER;
	p = linkage_value_word(x);
	q = linkage_value_word(y);
	level = word_level(&p, &q);
	if (level > PART_SIMILAR && is_contained(v, a, b))
		return PART_SIMILAR;
	/* Equal in the first 64 signs only. */
	return level == PART_EXACT ? PART_CLOSE : level;
}

unsigned linkage_name_whole(const struct linkage_values *v, uint32_t a,
			    uint32_t b)
{
	const struct linkage_value *x = &v->value[a], *y = &v->value[b];

	if (x->han && y->han)
		return han_whole(v, x, y);
	if (same_sound(x, y))
		return WHOLE_SOUND;
	return letters_whole(v, a, b);
}
