/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An invented dealership: people and firms, their cars, and what happens
 * between them and the dealer in some years. Nothing in it is spelled or
 * encoded yet; model/sample_export.h writes it down as departments would.
 *
 * The life of a car's owner after the first deal is a BG/NBD process (Fader,
 * Hardie and Lee, "Counting your customers the easy way", Marketing Science
 * 24:2, 2005): visits come with exponential gaps at the owner's own rate,
 * rates are Gamma(r, alpha) over owners, and after each visit the owner stays
 * away for good with the owner's own probability, which is Beta(a, b). What a
 * visit costs is Gamma-Gamma (Fader, Hardie and Lee 2005, note 39): Gamma(p,
 * nu) with nu Gamma(q, gamma) over owners. Who is likely to stay away is
 * also the one who scores low and complains more.
 *
 * The same options give the same world on every machine (num/rng.h); each
 * party, list of staff and so on draws from a stream of its own.
 */
#ifndef MODEL_SAMPLE_WORLD_H
#define MODEL_SAMPLE_WORLD_H

#include "base/day.h"
#include "model/sample_code.h"
#include "model/sample_list.h"

/* The lists, and the shipped files that they are read from. */
enum sample_lists {
	SAMPLE_SURNAMES,   /* surname */
	SAMPLE_GIVEN,	   /* born, gender, character */
	SAMPLE_ORIGINS,	   /* area_code, county, province */
	SAMPLE_HOMES,	   /* province, city, district, plate */
	SAMPLE_CARS,	   /* series, model, energy, vds, price */
	SAMPLE_JOBS,	   /* type, item, low, high, ..., symptom */
	SAMPLE_PARTS,	   /* number, name, kind, price */
	SAMPLE_COMPLAINTS, /* category, cause, ..., solution */
	SAMPLE_WORDS,	   /* kind, word */
	SAMPLE_FESTIVALS,  /* year, day of the spring festival */
	SAMPLE_HOMOPHONES, /* sound, character */
	SAMPLE_LISTS
};

extern const char *const sample_list_file[SAMPLE_LISTS];

enum sample_car_column {
	CAR_SERIES,
	CAR_MODEL,
	CAR_ENERGY,
	CAR_VDS,
	CAR_PRICE
};
enum sample_home_column { HOME_PROVINCE, HOME_CITY, HOME_DISTRICT, HOME_PLATE };
enum sample_job_column {
	JOB_TYPE,
	JOB_ITEM,
	JOB_LOW,
	JOB_HIGH,
	JOB_LABOUR,
	JOB_OTHER,
	JOB_SYMPTOM
};
enum sample_part_column { PART_NUMBER, PART_NAME, PART_KIND, PART_PRICE };
enum sample_complaint_column {
	COMPLAINT_CATEGORY,
	COMPLAINT_CAUSE,
	COMPLAINT_DEPARTMENT,
	COMPLAINT_CONTENT,
	COMPLAINT_DEMAND,
	COMPLAINT_SOLUTION
};

/* What the world is made from. Days inclusive. */
struct sample_options {
	uint64_t seed;
	uint32_t customers;
	int32_t first, last;
	uint32_t bad_millionths; /* rows made bad on export */
};

/* The true parameters, in days and fen. */
struct sample_truth {
	unsigned rate_shape, rate_days; /* r, alpha */
	unsigned dropout_a, dropout_b;
	unsigned spend_shape, spend_mixing; /* p, q */
	int64_t spend_scale;		    /* gamma, fen */
};

extern const struct sample_truth sample_true;

enum sample_entry {
	SAMPLE_BUYER,	    /* bought a new car here within the window */
	SAMPLE_OLD_OWNER,   /* bought earlier; first seen in the workshop */
	SAMPLE_SECOND_HAND, /* took over the car of another customer */
	SAMPLE_PROSPECT	    /* asked, and never bought */
};

struct sample_party {
	char name[64];
	char contact[32]; /* of a firm: who comes */
	char phone[SAMPLE_PHONE], other_phone[SAMPLE_PHONE];
	char id_no[SAMPLE_ID];
	char address[128];
	char gender; /* 'M', 'F'; of a firm's contact */
	bool firm;
	enum sample_entry entry;
	int32_t born;
	uint32_t home;	      /* row of SAMPLE_HOMES */
	uint32_t household;   /* whose phone and address are shared */
	int32_t since;	      /* first deal or visit; a prospect: none */
	int32_t until;	      /* the car goes to somebody else on this day */
	uint64_t rate, spend; /* Gamma, Q32: lambda = rate / alpha */
	uint64_t dropout;     /* Q32 */
	uint64_t mood;	      /* Q32, uniform: near 1 for who stays */
	uint32_t car;	      /* the one kept now; UINT32_MAX: none */
	uint32_t repeats;     /* visits after the first deal */
};

struct sample_car {
	char vin[SAMPLE_VIN];
	char plate[SAMPLE_PLATE];
	uint32_t model, colour; /* rows of SAMPLE_CARS, SAMPLE_WORDS */
	int32_t sold;
	uint32_t km_a_day;
	uint32_t seller; /* the party it was taken over from */
};

struct sample_deal {
	uint32_t party, car;
	int32_t day;
	int32_t minute;			     /* of the day */
	int64_t list, discount, price, loan; /* fen */
	uint32_t payment, insurer, source;   /* rows of SAMPLE_WORDS */
	uint32_t consultant;		     /* staff */
};

enum sample_payer { SAMPLE_CUSTOMER_PAYS, SAMPLE_MAKER_PAYS, SAMPLE_INSURED };

struct sample_visit {
	uint32_t party, car;
	int32_t day, minute;
	uint32_t job;
	int64_t labour, parts, other, discount, paid; /* fen */
	uint32_t km;
	uint32_t advisor, technician, settle;
	enum sample_payer payer;
};

/* A line of a sale over the parts counter. */
struct sample_piece {
	uint32_t party, car;
	int32_t day, minute;
	uint32_t document, line; /* number of the slip, line 1.. */
	uint32_t part, quantity;
	int64_t amount;
};

struct sample_answer {
	uint32_t party, car;
	uint32_t serial; /* tells apart what happened at one moment */
	int32_t day, minute;
	bool service;			   /* else: after a car's delivery */
	int nps;			   /* 0..10 */
	int csi, attitude, quality, speed; /* 1..5; 0: not answered */
	uint32_t comment; /* row of SAMPLE_WORDS; UINT32_MAX: none */
};

/* The events of the seven-step workflow, by name. */
enum sample_event {
	SAMPLE_RECEIVE,
	SAMPLE_JUDGE_VALID,
	SAMPLE_JUDGE_INVALID,
	SAMPLE_ASSIGN,
	SAMPLE_ANALYSE,
	SAMPLE_PROPOSE,
	SAMPLE_RETURN,
	SAMPLE_APPROVE,
	SAMPLE_IMPLEMENT,
	SAMPLE_NOTIFY,
	SAMPLE_FEEDBACK,
	SAMPLE_ESCALATE,
	SAMPLE_WITHDRAW,
	SAMPLE_REOPEN,
	SAMPLE_EVENTS
};

extern const char *const sample_event_name[SAMPLE_EVENTS];

struct sample_step {
	uint32_t case_no;
	enum sample_event event;
	int64_t at;	/* minutes since 1970-01-01, local */
	uint32_t actor; /* staff */
};

struct sample_case {
	uint32_t party, car;
	uint32_t text;	       /* row of SAMPLE_COMPLAINTS */
	uint32_t channel;      /* row of SAMPLE_WORDS */
	uint32_t owner;	       /* staff */
	int severity;	       /* 1 (slight) .. 3 (grave) */
	int64_t amount;	       /* paid to the customer */
	int64_t opened;	       /* when it was received: its first step */
	uint32_t first, steps; /* in world.step */
};

struct sample_lead {
	uint32_t party;
	uint32_t serial;
	int32_t day;
	uint32_t source, model, consultant;
	uint32_t level;		    /* 0..3: H, A, B, C */
	int32_t test_drive, closed; /* DAY_NONE: none */
	bool won;
	uint32_t lost; /* why, when closed and not won */
};

enum sample_role {
	SAMPLE_SALES,
	SAMPLE_ADVISOR,
	SAMPLE_TECHNICIAN,
	SAMPLE_CARE,
	SAMPLE_MANAGER,
	SAMPLE_ROLES
};

struct sample_staff {
	char name[32];
	enum sample_role role;
};

struct sample_world {
	struct sample_options o;
	struct sample_list list[SAMPLE_LISTS]; /* borrowed by the reader */

	struct sample_staff *staff;
	size_t staffs;
	size_t role_first[SAMPLE_ROLES + 1];

	struct sample_party *party; /* customers, then prospects */
	size_t parties, party_cap;
	struct sample_car *car;
	size_t cars, car_cap;
	struct sample_deal *deal; /* from here on: in order of time */
	size_t deals, deal_cap;
	struct sample_visit *visit;
	size_t visits, visit_cap;
	struct sample_piece *piece;
	size_t pieces, piece_cap;
	struct sample_answer *answer;
	size_t answers, answer_cap;
	struct sample_case *casus;
	size_t cases, case_cap;
	struct sample_step *step; /* those of a case together */
	size_t steps, step_cap;
	struct sample_lead *lead;
	size_t leads, lead_cap;
};

/*
 * Reads the lists from the texts of their files (which must outlive the
 * world) and lets the dealership live. NULL when list *bad is no such list;
 * `bad` must not be NULL.
 */
struct sample_world *sample_world_new(const struct sample_options *,
				      const struct text csv[SAMPLE_LISTS],
				      int *bad);
void sample_world_free(struct sample_world *);

/* A word of SAMPLE_WORDS by its row. */
struct text sample_word(const struct sample_world *, uint32_t row);
/* A row of SAMPLE_WORDS of this kind, drawn by weight. */
uint32_t sample_word_draw(const struct sample_world *, const char *kind,
			  struct rng *);
/* What is drawn from a stream of random numbers of its own. */
enum sample_draws {
	SAMPLE_STREAM_PARTY,
	SAMPLE_STREAM_STAFF,
	SAMPLE_STREAM_DIGITS,
	SAMPLE_STREAM_ENTRY,
	SAMPLE_STREAM_LIFE,
	SAMPLE_STREAM_ANSWER,
	SAMPLE_STREAM_CASE,
	SAMPLE_STREAM_LEAD,
	SAMPLE_STREAM_SHEET
};

/* The stream of thing `i` of its kind. */
struct rng sample_rng(const struct sample_world *, enum sample_draws,
		      uint64_t i);

/* What model/sample_people.c and sample_care.c do for the world. */
void sample_party_make(struct sample_world *, uint32_t party);
/* Bytes of a person's surname: one character, two of 欧阳 and the like. */
size_t sample_surname_bytes(const struct sample_world *, const char *name);
/* Who keeps each car on the last day; UINT32_MAX: nobody known here. The
 * caller frees. */
uint32_t *sample_keepers(const struct sample_world *);
void sample_staff_make(struct sample_world *);
void sample_care_make(struct sample_world *); /* answers and complaints */
void sample_leads_make(struct sample_world *);
uint32_t sample_staff_draw(const struct sample_world *, enum sample_role,
			   struct rng *);

#endif
