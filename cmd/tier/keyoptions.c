/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options of --scheme key, and what they make ready. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "cmd/tier/key.h"
#include "model/weights.h"

static struct {
	int points;
	const char *words;
} asked;

const struct opt key_table[] = {
	{ OPT_CHOICE, 0, "points", "minmax|rank",
	  "key: how values become 0 to 100", &asked.points, .common = true },
	{ OPT_TEXT, 0, "rating-words", "FILE", "key: word,value for ratings",
	  &asked.words, .common = true },
	{ OPT_END },
};

/* The large customers of the pyramid: its 1 % and 4 %. */
static const struct tier_scheme key_tiers = {
	.n = 2,
	.ppm = { 50000, 1000000 },
	.name = { { "key", 3 }, { "other", 5 } },
};

/* ---- options ---- */

static int factor_of(struct text name)
{
	for (int i = 0; i < KEY_FACTORS; i++)
		if (text_is(name, key_factor_name[i]))
			return i;
	return -1;
}

static void read_weights_file(const struct run *run, struct key_run *s,
			      const char *path)
{
	static const struct input_column columns[] = {
		{ "factor", COL_TEXT, INPUT_FILLED },
		{ "weight", COL_TEXT, INPUT_FILLED },
	};
	bool met[KEY_FACTORS] = { false };
	struct common common;
	struct input *in =
		side_open(run, &common, path, NULL, columns, NELEMS(columns));
	int64_t any = 0;
	struct row row;

	while (input_next(in, &row)) {
		int i = factor_of(row.cell[0].text);

		if (i < 0 || met[i])
			side_refuse(&row, "the factor is orders, potential, "
					  "bargaining or cooperation, each "
					  "once");
		if (!weight_parse(row.cell[1].text, &s->weights.w[i]))
			side_refuse(&row, "a weight is a number with at most "
					  "4 decimals");
		met[i] = true;
		any |= s->weights.w[i];
	}
	input_close(in, 0);
	for (size_t i = 0; i < KEY_FACTORS; i++)
		if (!met[i])
			die("%s: no weight for %s", path, key_factor_name[i]);
	if (!any)
		die("%s: all weights are 0", path);
}

static void read_weights(const struct run *run, struct key_run *s)
{
	const char *given = ratings_weights(), *wrong = NULL;

	s->weights = key_equal_weights;
	if (given && (strchr(given, '/') || text_ends(text_of(given), ".csv")))
		read_weights_file(run, s, given);
	else if (given)
		wrong = key_weights_parse(&s->weights, given);
	if (wrong)
		die_usage("--weights %s: %s (of orders, potential, "
			  "bargaining, cooperation)",
			  given, wrong);
	key_weights_format(&s->weights, &s->weights_text);
	buf_adds(&s->weights_text, given ? " (as given)" : " (ours)");
}

/* The number of orders, unless another measure is asked for. */
static void choose_measure(struct run *run)
{
	if (run->measured || run->table)
		return;
	run->measure.kind = MEASURE_COUNT;
	run->measure.unit = UNIT_WHOLE;
}

void key_open(struct run *run)
{
	struct key_run *s = mem_zalloc(1, sizeof(*s));
	char *shipped = asked.words ? NULL : share_path("rating-words.csv");
	bool need[RATINGS];

	if (!run->customers)
		die_usage("--scheme key wants --customers FILE with the "
			  "columns potential, bargaining and cooperation");
	need_value_order(run);
	s->scale = (enum key_scale)asked.points;
	s->own_cuts = tiers_choose(run, &key_tiers);
	choose_measure(run);
	read_weights(run, s);
	for (size_t i = 0; i < RATINGS; i++)
		need[i] = s->weights.w[KEY_POTENTIAL + i] != 0;
	s->ratings = ratings_open(run, need, shipped ? shipped : asked.words);
	free(shipped);
	run->state = s;
}

void key_close(struct run *run)
{
	struct key_run *s = run->state;

	ratings_free(s->ratings);
	buf_release(&s->weights_text);
	free(s);
}
