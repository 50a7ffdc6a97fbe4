/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales of scores: what the options say, and what does not fit them. */
#include <string.h>

#include "base/msg.h"
#include "base/number.h"
#include "cmd/nps/nps.h"
#include "model/score.h"

const char *const usual_nps[] = { "nps", "recommend", NULL };
const char *const usual_csat[] = { "csat", "csi", "overall", "satisfaction",
				   NULL };

static const char *const units[] = { NULL, "week", "month", "quarter", "year" };

const char *trend_unit(const struct nps_options *o)
{
	return units[o->trend];
}

bool is_dated(const struct nps_options *o)
{
	return o->trend || o->common.as_of != DAY_NONE;
}

bool is_later(const struct nps_options *o, const struct cell *date)
{
	return o->common.as_of != DAY_NONE && date->day > o->common.as_of;
}

void options_beside(struct common *c, const struct nps_options *o,
		    const char *option, const char *path)
{
	if (strcmp(path, "-") == 0)
		die_usage("--%s: standard input is where the answers come "
			  "from; give the file by its name", option);
	common_beside(c);
	c->by = o->common.by;
	c->since = o->common.since;
	c->until = o->common.until;
	c->period = o->common.period;
	c->as_of = o->common.as_of;
	c->tz = o->common.tz;
	c->withs = o->common.withs;
	c->wheres = o->common.wheres;
}

/* "0-10": the lowest and the highest score. */
static bool parse_scale(const char *text, struct nps_scale *scale)
{
	struct text rest = text_of(text), low;

	return text_split(&rest, '-', &low) && number_int(low, &scale->low) &&
	       number_int(rest, &scale->high) && scale->low < scale->high;
}

struct nps_scale scale_range(const struct nps_options *o, const char *otherwise)
{
	const char *text = o->scale ? o->scale : otherwise;
	struct nps_scale s;

	if (!parse_scale(text, &s))
		die_usage("--scale: \"%s\" is not LOW-HIGH, such as 0-10",
			  text);
	if ((uint64_t)s.high - (uint64_t)s.low >= SCORE_MAX)
		die_usage("--scale %s: more than %d scores", text, SCORE_MAX);
	s.promoter = s.high;
	s.detractor = s.low;
	return s;
}

struct nps_scale scale_cuts(const struct nps_options *o, const char *otherwise)
{
	const char *text = o->scale ? o->scale : otherwise;
	struct nps_scale s = scale_range(o, otherwise);

	s.promoter = o->promoter == NPS_NOT_GIVEN ? 9 : o->promoter;
	s.detractor = o->detractor == NPS_NOT_GIVEN ? 6 : o->detractor;
	if (s.high != 10 &&
	    (o->promoter == NPS_NOT_GIVEN || o->detractor == NPS_NOT_GIVEN))
		die_usage("--scale %s needs --promoters and --detractors: "
			  "9 and 6 are meant for a scale that ends at 10",
			  text);
	if (!nps_scale_ok(&s))
		die_usage("--scale %s, --promoters %lld, --detractors %lld: "
			  "detractors must end below promoters, both on the "
			  "scale",
			  text, (long long)s.promoter, (long long)s.detractor);
	return s;
}

void scale_reject(struct input *in, const struct nps_scale *s,
		  const struct cell *c, int score, int scale_max,
		  enum reason reason)
{
	long long low = s->low, high = s->high;
	char value[NUMBER_MAX_BYTES];
	bool other_scale = survey_other_scale(s, &c[scale_max]);
	int n = (int)number_format(other_scale ? c[scale_max].real :
						 c[score].real,
				   value);

	if (other_scale)
		input_reject(in, scale_max, reason,
			     "a scale that ends at %.*s, where --scale is "
			     "%lld-%lld",
			     n, value, low, high);
	else if (reason == REASON_BAD_VALUE)
		input_reject(in, score, reason, "%.*s is not a whole score", n,
			     value);
	else
		input_reject(in, score, reason, "%.*s is outside %lld-%lld", n,
			     value, low, high);
}
