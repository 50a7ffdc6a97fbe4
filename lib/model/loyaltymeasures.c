/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eight measures, three parts, one index. */
#include <math.h>
#include <stdbool.h>

#include "model/loyaltymeasures.h"

#define NOT_THERE "not in your data"

const char *const loyalty_part_names[LOYALTY_PARTS] = { "repeat", "recommend",
							"stay" };

static void set(struct loyalty_score *s, double raw, uint64_t n,
		const char *derived)
{
	s->raw = raw;
	s->n = n;
	s->derived = derived;
	s->score = 100 * (s->reversed ? 1 - raw : raw);
}

/* A share that is known when it is of something. */
static bool set_share(struct loyalty_score *s, uint64_t x, uint64_t n,
		      const char *derived)
{
	if (n > 0)
		set(s, (double)x / (double)n, n, derived);
	return n > 0;
}

static bool set_answers(struct loyalty_score *s,
			const struct loyalty_answers *a)
{
	if (a->n > 0)
		set(s, a->sum / (double)a->n, a->n,
		    "surveys: mean answer, lowest to highest score as 0 to 1");
	return a->n > 0;
}

static struct loyalty_score unknown(const char *name, const char *zh,
				    bool reversed)
{
	return (struct loyalty_score){ name, zh, reversed, NAN,
				       NAN,  0,	 NOT_THERE };
}

static void measure(struct loyalty_score *s, enum loyalty_measure m,
		    const struct loyalty_totals *t, double days_max)
{
	switch (m) {
	case LOYALTY_REPEAT:
		set_share(s, t->repeating, t->customers,
			  "transactions: customers who bought again");
		break;
	case LOYALTY_ATTENTION:
		if (!set_answers(s, &t->attention))
			set_share(s, t->callers, t->touched,
				  "contacts: customers who got in touch by "
				  "themselves, of those with any contact");
		break;
	case LOYALTY_NEED:
		set_answers(s, &t->need);
		break;
	case LOYALTY_PRICE:
		if (!set_answers(s, &t->price) && t->discounts)
			set_share(s, t->discounted, t->purchases,
				  "transactions: purchases under a discount");
		break;
	case LOYALTY_RIVALS:
		if (!set_answers(s, &t->rivals) && t->competitors)
			set_share(s, t->elsewhere, t->purchases + t->elsewhere,
				  "transactions: purchases from competitors");
		break;
	case LOYALTY_IDENTIFICATION:
		if (!set_answers(s, &t->identification) &&
		    set_answers(s, &t->prefers))
			s->derived = "surveys: willingness to recommend, "
				     "lowest to highest score as 0 to 1";
		break;
	case LOYALTY_CHOOSING:
		if (t->won > 0)
			set(s, fmin(t->won_days / (double)t->won / days_max, 1),
			    t->won,
			    "leads: mean days until those won had chosen, as a "
			    "part of --choosing-days");
		break;
	case LOYALTY_TOLERANCE:
		if (!set_answers(s, &t->tolerance))
			set_share(
				s, t->stayed, t->faults,
				"complaints: customers who bought again after "
				"one about the product");
		break;
	case LOYALTY_MEASURES:
		break;
	}
}

struct loyalty_score loyalty_measure(enum loyalty_measure m,
				     const struct loyalty_totals *t,
				     double days_max)
{
	static const struct {
		const char *name, *zh;
		bool reversed;
	} of[LOYALTY_MEASURES] = {
		[LOYALTY_REPEAT] = { "repeat_rate", "重复购买率", false },
		[LOYALTY_ATTENTION] = { "attention", "对品牌的关心程度",
					false },
		[LOYALTY_NEED] = { "need_satisfaction", "需求满足率", false },
		[LOYALTY_PRICE] = { "price_sensitivity", "对价格的敏感程度",
				    true },
		[LOYALTY_RIVALS] = { "competitor_attitude", "对竞争产品的态度",
				     true },
		[LOYALTY_IDENTIFICATION] = { "identification", "对商品的认同度",
					     false },
		[LOYALTY_CHOOSING] = { "choosing_time", "购买时的挑选时间",
				       true },
		[LOYALTY_TOLERANCE] = { "fault_tolerance", "对质量事故的承受力",
					false },
	};
	struct loyalty_score s = unknown(of[m].name, of[m].zh, of[m].reversed);

	measure(&s, m, t, days_max);
	return s;
}

struct loyalty_score loyalty_part(enum loyalty_part part,
				  const struct loyalty_totals *t)
{
	static const char *const zh[LOYALTY_PARTS] = { "重复购买", "推荐",
						       "留存" };
	struct loyalty_score s =
		unknown(loyalty_part_names[part], zh[part], false);

	if (part == LOYALTY_PART_REPEAT)
		set_share(&s, t->repeating, t->customers,
			  "transactions: customers who bought again");
	else if (part == LOYALTY_PART_STAY)
		set_share(&s, t->kept, t->then,
			  "transactions: customers of the year before who "
			  "bought in the last year");
	else if (set_answers(&s, &t->prefers))
		s.derived = "surveys: willingness to recommend, lowest to "
			    "highest score as 0 to 1";
	return s;
}

double loyalty_index(const struct loyalty_score part[LOYALTY_PARTS],
		     const double weight[LOYALTY_PARTS],
		     double used[LOYALTY_PARTS])
{
	double sum = 0, weights = 0;

	for (int i = 0; i < LOYALTY_PARTS; i++)
		if (!isnan(part[i].score)) {
			sum += weight[i] * part[i].score;
			weights += weight[i];
		}
	for (int i = 0; i < LOYALTY_PARTS; i++)
		used[i] = weights > 0 && !isnan(part[i].score)
				  ? weight[i] / weights
				  : 0;
	return weights > 0 ? sum / weights : NAN;
}
