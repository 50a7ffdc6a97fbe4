/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-clv: who buys again, who is gone, and what each customer will bring.
 * Transactions in, customers with their value to come out; or the stages of
 * that, one by one.
 */
#include "base/msg.h"

#include "cmd/clv/verbs.h"

int main(int argc, char **argv)
{
	static const struct program program = {
		"crm-clv", "[VERB] [OPTION...] [FILE...]",
		"Tells from transactions who is still a customer and what "
		"each will bring.\n"
		"Without a verb: summary, fit and predict in one go.\n"
		"in: transactions (customer_id, date, amount)\n"
		"out: customer_id,p_alive,expected_purchases,expected_spend,"
		"clv\n"
		"options: --model, --unit, --horizon, --discount, "
		"--discount-every",
		"crm-clv --horizon 12 --unit month transactions.csv", NULL
	};
	static const struct verb verbs[] = {
		{ "summary", "each customer's history in four numbers",
		  clv_summary },
		{ "fit", "models of repeat buying and of spend", clv_fit },
		{ "predict", "what each customer will buy and bring",
		  clv_predict },
		{ "expect", "purchases that came, and that were expected",
		  clv_expect },
		{ "validate", "models and rules of thumb against what came",
		  clv_validate },
		{ "pmf", "who bought how often, and how many should have",
		  clv_pmf },
		{ "cohort", "who came when, and how many came again",
		  clv_cohort },
		{ "churn", "how many came and left in each period",
		  clv_churn },
		{ "age", "who still comes for service, by the age of the car",
		  clv_age },
		{ "lost", "who stays away, and what that puts at risk",
		  clv_lost },
		{ "survival", "how long customers stay", clv_survival },
		{ "what-if", "does it pay to keep customers longer?",
		  clv_what_if },
		{ "", "summary, fit and predict in one go", clv_whole },
		{ NULL, NULL, NULL }
	};

	msg_init("crm-clv");
	return opt_verbs(&program, verbs, argc, argv);
}
