/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases as bytes: the entry, its words by their letters (the numbers are this
 * run's), which columns were given.
 */
#include "base/hash.h"
#include "base/msg.h"
#include "model/casework_in.h"
#include "model/casework_keep.h"

/* Changes when the bytes change their meaning. */
#define VERSION 1

static uint64_t mix(uint64_t digest, struct text t)
{
	return hash_mix(digest ^ HASH_SALT_A, hash_bytes(t.p, t.n) ^
						      HASH_SALT_B);
}

static uint64_t mix_number(uint64_t digest, uint64_t n)
{
	return hash_mix(digest ^ HASH_SALT_A, n ^ HASH_SALT_B);
}

uint64_t casework_digest(const struct casework *cw)
{
	uint64_t digest = mix_number(VERSION, sizeof(struct entry));

	digest = mix_number(digest, workflow_content(cw->workflow));
	for (size_t k = 0; k < cw->columns; k++) {
		digest = mix(digest, cw->column[k].name);
		digest = mix_number(digest, cw->column[k].kept);
	}
	return mix_number(digest, cw->severity_digest);
}

/* The n-th word that an entry has: owner, severity, then the kept columns;
 * NULL after the last. */
static uint32_t *nth_word(const struct casework *cw, struct entry *e,
			  size_t *n)
{
	size_t k = (*n)++;

	if (k < 2)
		return k == 0 ? &e->owner : &e->severity;
	for (k -= 2; k < cw->columns; k = (*n)++ - 2)
		if (cw->column[k].word)
			return casework_word_at(e, cw->column[k].word);
	return NULL;
}

struct text casework_key(const struct casework *cw, size_t i)
{
	return group_key(cw->cases, i);
}

void casework_freeze(const struct casework *cw, size_t i, struct buf *to)
{
	struct entry *e = group_entry(cw->cases, i), head = *e;
	const uint32_t *word;
	size_t n = 0;

	if (cw->watchers)
		bug("a case is frozen under the eyes of a watcher");
	/* Their words follow by their letters. */
	head.owner = head.severity = 0;
	buf_add(to, (const char *)&head, sizeof(head));
	if (cw->has)
		buf_add(to, (const char *)casework_has_at(cw, e), sizeof(uint64_t));
	while ((word = nth_word(cw, e, &n)) != NULL) {
		struct text t = group_key(cw->words, *word);
		uint32_t bytes = (uint32_t)t.n;

		buf_add(to, (const char *)&bytes, sizeof(bytes));
		buf_addt(to, t);
	}
}

static bool take(struct text *from, void *to, size_t n)
{
	if (from->n < n)
		return false;
	memcpy(to, from->p, n);
	from->p += n;
	from->n -= n;
	return true;
}

static bool take_word(struct text *from, struct text *word)
{
	uint32_t n;

	if (!take(from, &n, sizeof(n)) || from->n < n)
		return false;
	*word = (struct text){ from->p, n };
	from->p += n;
	from->n -= n;
	return true;
}

/* What a word's place in an entry is asked for when there is none yet. */
static size_t count_words(const struct casework *cw)
{
	size_t n = 2;

	for (size_t k = 0; k < cw->columns; k++)
		n += cw->column[k].word != 0;
	return n;
}

bool casework_thaw(struct casework *cw, struct text case_id, struct text bytes)
{
	struct text word[CASEWORK_FIELDS + 2] = { { 0 } };
	struct entry head, *e;
	uint64_t has = 0;
	uint32_t *to;
	size_t words, n = 0;

	if (!cw->cases)
		casework_lay_out(cw);
	words = count_words(cw);
	if (cw->watchers || !take(&bytes, &head, sizeof(head)) ||
	    (cw->has && !take(&bytes, &has, sizeof(has))))
		return false;
	for (size_t i = 0; i < words; i++)
		if (!take_word(&bytes, &word[i]))
			return false;
	if (bytes.n > 0 || head.state <= WORKFLOW_NEW ||
	    head.state >= workflow_states(cw->workflow) ||
	    group_find(cw->cases, case_id) != SIZE_MAX)
		return false;
	e = group_entry(cw->cases, group_intern(cw->cases, case_id));
	*e = head;
	if (cw->has)
		*casework_has_at(cw, e) = has;
	for (size_t i = 0; (to = nth_word(cw, e, &n)) != NULL; i++)
		casework_set_word(cw, to, word[i]);
	return true;
}

void casework_forget(struct casework *cw)
{
	group_free(cw->cases);
	cw->cases = NULL;
}
