/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two workflows of the house, written out from the contract state by
 * state and event by event, apart from the files that the program reads.
 */
#ifndef TESTS_WORKFLOW_TABLE_H
#define TESTS_WORKFLOW_TABLE_H

#include "base/mem.h"
#include "base/text.h"

/* What the contract says, one row a state: "event>next" for every event that
 * is allowed, and nothing else is. "" is the case that is not there yet. */
struct allowed {
	const char *state;
	bool closed;
	const char *events;
};

#define OPEN_EVENTS(self)                                                     \
	" note>" self " escalate>" self " pause>" self " resume>" self        \
	" correct>" self " withdraw>withdrawn deescalate>" self
#define CLOSED_EVENTS(self) " reopen>received correct>" self

static const struct allowed seven[] = {
	{ "", false, "receive>received" },
	{ "received", false,
	  "judge_valid>valid judge_invalid>explained" OPEN_EVENTS("received") },
	{ "valid", false, "assign>assigned" OPEN_EVENTS("valid") },
	{ "explained", true, CLOSED_EVENTS("explained") },
	{ "assigned", false, "analyse>analysed" OPEN_EVENTS("assigned") },
	{ "analysed", false, "propose>proposed" OPEN_EVENTS("analysed") },
	{ "proposed", false,
	  "approve>approved return>analysed" OPEN_EVENTS("proposed") },
	{ "approved", false, "implement>implemented" OPEN_EVENTS("approved") },
	{ "implemented", false, "notify>notified" OPEN_EVENTS("implemented") },
	{ "notified", false, "feedback>closed" OPEN_EVENTS("notified") },
	{ "closed", true, CLOSED_EVENTS("closed") },
	{ "withdrawn", true, CLOSED_EVENTS("withdrawn") },
};

static const char *const seven_events[] = {
	"receive",  "judge_valid", "judge_invalid", "assign",   "analyse",
	"propose",  "approve",	   "return",	    "implement", "notify",
	"feedback", "note",	   "escalate",	    "pause",	"resume",
	"withdraw", "reopen",	   "correct",	    "deescalate",
};

static const struct allowed eight[] = {
	{ "", false, "receive>received" },
	{ "received", false, "calm>calmed" OPEN_EVENTS("received") },
	{ "calmed", false, "apologise>apologised" OPEN_EVENTS("calmed") },
	{ "apologised", false, "confirm>confirmed" OPEN_EVENTS("apologised") },
	{ "confirmed", false, "propose>proposed" OPEN_EVENTS("confirmed") },
	{ "proposed", false,
	  "agree>agreed return>confirmed" OPEN_EVENTS("proposed") },
	{ "agreed", false, "follow_up>followed_up" OPEN_EVENTS("agreed") },
	{ "followed_up", false, "archive>archived" OPEN_EVENTS("followed_up") },
	{ "archived", true, CLOSED_EVENTS("archived") },
	{ "withdrawn", true, CLOSED_EVENTS("withdrawn") },
};

static const char *const eight_events[] = {
	"receive", "calm",   "apologise", "confirm", "propose",	 "agree",
	"return",  "follow_up", "archive", "note",   "escalate", "pause",
	"resume",  "withdraw", "reopen",  "correct", "deescalate",
};

static const struct house {
	const char *name;
	const struct allowed *row;
	const char *const *event;
	int rows, events;
} house[] = {
	{ "seven-step", seven, seven_events, NELEMS(seven),
	  NELEMS(seven_events) },
	{ "eight-step", eight, eight_events, NELEMS(eight),
	  NELEMS(eight_events) },
};

/* The state that `events` ("a>b c>d") gives for an event; empty: none. */
static inline struct text expected_next(const char *events, const char *event)
{
	struct text rest = text_of(events), pair, name;

	while (text_split(&rest, ' ', &pair))
		if (text_split(&pair, '>', &name) && text_is(name, event))
			return pair;
	return (struct text){ 0 };
}

/* The events for which a leader is wanted, and what a role is worth. */
static const char *const seven_leader[] = { "approve", "return", "deescalate" };
static const char *const eight_leader[] = { "deescalate" };

static const struct house_role {
	const char *name, *zh;
	int level;
	bool leads;
} house_role[] = {
	{ "clerk", "客服专员", 1, false },  { "owner", "责任人", 1, false },
	{ "supervisor", "主管", 2, true },  { "manager", "部门经理", 3, true },
	{ "director", "服务总监", 4, true },
	{ "general_manager", "总经理", 5, true },
};

static inline bool wants_leader(int h, const char *event)
{
	const char *const *list = h == 0 ? seven_leader : eight_leader;
	size_t n = h == 0 ? NELEMS(seven_leader) : NELEMS(eight_leader);

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], event) == 0)
			return true;
	return false;
}

#endif
