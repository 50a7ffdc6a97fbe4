/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of reject codes and of the sentence that goes with each. */
#include "stream/reason.h"

static const struct {
	const char *code, *sentence;
} table[REASON_COUNT] = {
	[REASON_NONE] = { "none", "nothing is wrong" },
	[REASON_HEADER] = { "header", "the header of the rows below" },
	[REASON_NOT_DATA] = { "not-data", "a title, total or footer, no data" },
	[REASON_RAGGED] = { "ragged", "not as many fields as the header" },
	[REASON_BAD_QUOTE] = { "bad-quote",
			       "a quote is not closed, or text follows it" },
	[REASON_NUL] = { "nul", "holds a NUL byte" },
	[REASON_BAD_UTF8] = { "bad-utf8", "not valid UTF-8" },
	[REASON_TOO_LONG] = { "too-long", "longer than a row may be" },
	[REASON_BAD_JSON] = { "bad-json", "not valid JSON" },
	[REASON_NOT_OBJECT] = { "not-object", "JSON, but not an object" },
	[REASON_DUP_KEY] = { "dup-key", "the same key twice in one object" },
	[REASON_NEW_COLUMN] = { "new-column",
				"a key that the first object does not have" },
	[REASON_NESTED] = { "nested",
			    "an object or list where a value belongs" },
	[REASON_MISSING] = { "missing", "empty where a value is required" },
	[REASON_BAD_NUMBER] = { "bad-number", "not a plain decimal number" },
	[REASON_BAD_DATE] = { "bad-date", "not a date (YYYY-MM-DD)" },
	[REASON_BAD_TIME] = { "bad-time", "not a time (YYYY-MM-DDTHH:MM:SS)" },
	[REASON_BAD_VALUE] = { "bad-value",
			       "not one of the words that the column allows" },
	[REASON_OUT_OF_RANGE] = { "out-of-range",
				  "outside the range that is allowed" },
	[REASON_BAD_ID] = { "bad-id", "not a valid identifier" },
	[REASON_TIME_BACKWARDS] = { "time-backwards",
				    "earlier than the last event of the case" },
	[REASON_ILLEGAL_EVENT] = { "illegal-event",
				   "not allowed in the state of the case" },
	[REASON_UNKNOWN_EVENT] = { "unknown-event",
				   "the workflow has no such event" },
	[REASON_UNKNOWN_CASE] = { "unknown-case",
				  "no case with this id was received" },
	[REASON_FORBIDDEN_ROLE] = { "forbidden-role",
				    "not for the role of who acts" },
	[REASON_NEEDS_APPROVAL] = { "needs-approval",
				    "lowers the severity without approval" },
	[REASON_MISSING_FIELD] = { "missing-field",
				   "lacks a column that the event requires" },
	[REASON_GUARDED] = { "guarded",
			     "a guard of the workflow does not allow it" },
	[REASON_DUP_ID] = { "dup-id", "another entry has this id" },
	[REASON_TOO_FEW_POINTS] = { "too-few-points",
				    "the customer has not so many points" },
	[REASON_NOT_LAPSED] = { "not-lapsed", "the points are good still" },
	[REASON_BAD_REF] = { "bad-ref",
			     "names no entry that this one can be about" },
};

const char *reason_code(enum reason reason)
{
	return table[reason].code;
}

const char *reason_sentence(enum reason reason)
{
	return table[reason].sentence;
}
