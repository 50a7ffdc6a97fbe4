/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A cell of an export read as a field of some kind: one canonical text, or
 * the reason why it is none. What was read once is read again the same.
 */
#ifndef CANON_READING_H
#define CANON_READING_H

#include "base/day.h"
#include "canon/field.h"
#include "canon/phone.h"
#include "canon/when.h"
#include "stream/reason.h"

/* What holds for all cells of a run. */
struct reading_rules {
	enum when_order dates;
	bool serials;		/* day counts are dates wherever they stand */
	/* The zone of instants written without one: as instant_changes() lists
	 * it; or, when zones is 0, one offset for all (WHEN_NO_ZONE: none is
	 * added). */
	struct instant_change *zone;
	size_t zones;
	int zone_minutes;
	const struct text *na;	/* more words for nothing */
	size_t nna;
};

/* What is known of the cell's column. */
struct reading_column {
	enum field_kind kind;
	bool in_wan;		/* figures are in ten thousands */
	bool serials;		/* the column holds dates, so that day counts
				 * among them are dates too */
};

struct reading {
	struct text text;	/* empty: nothing known */
	struct text more;	/* PHONE: the other numbers, joined by / */
	struct when when;	/* DAY, INSTANT: when text is not empty */
	char gender;		/* PERSON, IDNO: 'F', 'M' or 0 */
	bool firm;		/* PERSON */
	bool links;		/* PERSON, PHONE, VIN, IDNO: text may tell who
				 * it is: a full name, a valid number */
	int32_t birth;		/* IDNO: a day, or DAY_NONE */
	bool likert;		/* SCORE: 满意 and the like, on a scale of 5 */
};

/* A cell of a row that is wanted. */
struct reading_wanted {
	size_t at;		/* its place in the row */
	struct reading_column column;
};

/*
 * What most cells are: seen at once to be read as they stand. Fills r[at] of
 * those and of empty ones and says so in settled[at]; the rest is for
 * reading_take(). Not when there are more words for nothing.
 */
void reading_settle(const struct reading_wanted *, size_t n,
		    const struct text *raw, struct reading *r, bool *settled);

/* Bytes that reading_take() may write for a cell of n bytes. */
#define READING_ROOM(n) (2 * (n) + 256)

/* REASON_NONE, or why the cell is no such value. The texts are parts of
 * `raw` or `to`. */
enum reason reading_take(struct text raw, const struct reading_column *,
			 const struct reading_rules *, char *to,
			 struct reading *);

/* The same without its short cuts for cells that are canonical already. */
enum reason reading_judge(struct text raw, const struct reading_column *,
			  const struct reading_rules *, char *to,
			  struct reading *);

/* One of the words that --na gave for nothing known. */
bool reading_is_na(const struct reading_rules *, struct text);
/* Does a canonical text tell all that its kind may? A surname with a title,
 * a masked or destroyed number and a local one do not. */
bool reading_is_whole_name(struct text);
bool reading_is_whole_phone(struct text);
bool reading_is_whole_id(struct text);

/* What is wrong with a cell that should have been a date, and what may help,
 * as the end of a sentence: "is no date". */
const char *reading_date_fault(struct text raw);

/* May a canonical number tell who somebody is? A mobile that is nobody's
 * filler, a landline with its area code. */
bool reading_phone_links(struct text);

/* For --dates: "ymd", "dmy", "mdy", "serial", or two of them with a comma. */
bool reading_dates(struct text, struct reading_rules *);

/*
 * Appends what is doubtful about values that were kept as they stood, as
 * words with blanks between: phone-masked vin-check plate-odd id-check
 * email-odd. All are canonical texts; empty ones say nothing. Values that
 * contradict each other: birth-id and gender-id, the number holds another day
 * or sex; gender-title, the title does, or `said` (flags that were made when
 * the title was still there) has it.
 */
struct reading_doubts {
	struct text phone, phone_alt, id_no, email, vin, plate_no;
	struct text name, gender, birth_date, said;
};

#define READING_GENDER_TITLE "gender-title"

void reading_flags(struct buf *, const struct reading_doubts *);

/* A canonical text as an instant; without a zone it is in that of the rules. */
bool reading_instant(const struct reading_rules *, struct text, int64_t *us);

#endif
