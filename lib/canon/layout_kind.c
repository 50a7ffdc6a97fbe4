/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind of an export by its header: points for words that tell it. */
#include <string.h>

#include "base/mem.h"
#include "canon/layout.h"
#include "canon/question.h"

/* Words that tell a kind apart, and how much they weigh; any other word of
 * the kind's own weighs 1. */
static const struct {
	enum export kind;
	const char *field;
	int weight;
} signature[] = {
	{ EXPORT_CUSTOMER, "created_on", 4 },
	{ EXPORT_CUSTOMER, "customer_level", 4 },
	{ EXPORT_CUSTOMER, "birth_date", 3 },
	{ EXPORT_CUSTOMER, "gender", 2 },
	{ EXPORT_CUSTOMER, "customer_id", 2 },
	{ EXPORT_CUSTOMER, "occupation", 2 },
	{ EXPORT_VEHICLE, "engine_no", 2 },
	{ EXPORT_VEHICLE, "production_date", 4 },
	{ EXPORT_VEHICLE, "registered_on", 3 },
	{ EXPORT_VEHICLE, "warranty_until", 3 },
	{ EXPORT_SALE, "order_no", 5 },
	{ EXPORT_SALE, "sale_price", 5 },
	{ EXPORT_SALE, "msrp", 3 },
	{ EXPORT_SALE, "delivery_date", 3 },
	{ EXPORT_SALE, "invoice_date", 3 },
	{ EXPORT_SALE, "invoice_no", 3 },
	{ EXPORT_SALE, "purchased_on", 2 },
	{ EXPORT_SERVICE, "ro_no", 5 },
	{ EXPORT_SERVICE, "settlement_no", 5 },
	{ EXPORT_SERVICE, "labor_amount", 4 },
	{ EXPORT_SERVICE, "parts_amount", 4 },
	{ EXPORT_SERVICE, "open_date", 3 },
	{ EXPORT_SERVICE, "settlement_date", 3 },
	{ EXPORT_SERVICE, "service_advisor", 2 },
	{ EXPORT_SERVICE, "part_no", 4 },
	{ EXPORT_COMPLAINT, "case_id", 8 },
	{ EXPORT_COMPLAINT, "complaint_date", 6 },
	{ EXPORT_COMPLAINT, "content", 4 },
	{ EXPORT_COMPLAINT, "severity", 3 },
	{ EXPORT_COMPLAINT, "closed_date", 3 },
	{ EXPORT_SURVEY, "response_id", 8 },
	{ EXPORT_SURVEY, "survey_type", 5 },
	{ EXPORT_SURVEY, "nps", 6 },
	{ EXPORT_SURVEY, "csi", 5 },
	{ EXPORT_SURVEY, "date", 4 },
	{ EXPORT_LEAD, "lead_id", 8 },
	{ EXPORT_LEAD, "intent_level", 4 },
	{ EXPORT_LEAD, "lead_status", 5 },
	{ EXPORT_LEAD, "lost_reason", 4 },
	{ EXPORT_LEAD, "is_test_drive", 3 },
	{ EXPORT_LEAD, "budget", 2 },
};

static int weight_of(enum export kind, size_t field)
{
	for (size_t i = 0; i < NELEMS(signature); i++)
		if (signature[i].kind == kind &&
		    text_is(text_of(field_all[field].name), signature[i].field))
			return signature[i].weight;
	return 0;
}

/* Words of surveys that tables of any kind may have: they tell none apart. */
static bool is_general(struct text folded)
{
	static const char *const words[] = {
		"timestamp", "enddate",	 "recordeddate", "completiondate",
		"comment",   "comments", "feedback",	 "remarks",
		"text",	     "userid",	 "user_id",	 "customerid",
		"用户id",    "用户编号", "submittedat",
	};

	for (size_t i = 0; i < NELEMS(words); i++)
		if (text_is(folded, words[i]))
			return true;
	return false;
}

/* Points of a header for a survey, whose words may be sentences. */
static int points_of_question(struct text header, int points)
{
	struct buf folded = { 0 };

	header_fold(&folded, header);
	if (is_general(buf_text(&folded)))
		points = 0;
	else if (points == 0 && question_recommends(buf_text(&folded)))
		points = weight_of(EXPORT_SURVEY, field_find(TEXT("nps")));
	buf_release(&folded);
	return points;
}

/* Points of one header for a kind: its own words, and canonical names that
 * tell the kind apart. */
static int points_of(const struct aliases *a, enum export kind,
		     struct text header)
{
	struct header_match m = header_match(a, kind, header);
	int weight;

	if (m.field == FIELD_NONE)
		return kind == EXPORT_SURVEY ? points_of_question(header, 0) :
					       0;
	weight = weight_of(kind, m.field);
	if (m.rule == HEADER_ALIAS && kind == EXPORT_SURVEY)
		return points_of_question(header, weight ? weight : 1);
	if (m.rule == HEADER_ALIAS)
		return weight ? weight : 1;
	/* `date` is the name of a column in other streams too. */
	if (m.rule == HEADER_NAME &&
	    strcmp(field_all[m.field].name, "date") == 0)
		return 0;
	return m.rule == HEADER_COMMON || m.rule == HEADER_CARRIED ? 0 : weight;
}

enum export layout_kind(const struct aliases *a, const struct text *header,
			size_t n, int evidence[EXPORT_KINDS])
{
	enum export best = EXPORT_CUSTOMER;

	for (int kind = 0; kind < EXPORT_KINDS; kind++) {
		evidence[kind] = 0;
		for (size_t i = 0; i < n; i++)
			evidence[kind] +=
				points_of(a, (enum export)kind, header[i]);
		if (evidence[kind] > evidence[best])
			best = (enum export)kind;
	}
	return best;
}
