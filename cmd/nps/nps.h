/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of crm-nps. An analysis is a result that is asked for by an option
 * of its own name (--csat); each is a file beside this one with one entry, and
 * a line in analyses.c. Those that count answers score by score have
 * their rows read by answers.c; the others read the columns that they need.
 */
#ifndef CMD_NPS_NPS_H
#define CMD_NPS_NPS_H

#include "canon/survey.h"
#include "stream/by.h"
#include "stream/input.h"
#include "stream/output.h"

/* --promoters and --detractors when not given */
#define NPS_NOT_GIVEN INT64_MIN

#define TREND_WORDS "none|week|month|quarter|year"

/* What becomes of several answers of one customer to a question. */
enum duplicates {
	DUPLICATES_ALL,
	DUPLICATES_LAST,
	DUPLICATES_FIRST,
	DUPLICATES_REFUSE
};

#define DUPLICATES_WORDS "all|last|first|refuse"

/* The options that several analyses share. */
struct nps_options {
	struct common common;
	const char *question;	/* NULL: the usual one */
	const char *scale;	/* "0-10"; NULL: the analysis' own */
	int64_t promoter, detractor;
	int trend;		/* of TREND_WORDS, 0: none */
	int64_t min_n;		/* fewer answers: no figures; 0: none is too few */
	int duplicates;		/* of DUPLICATES_WORDS */
	const char *per;	/* whose second answer is one too many */
	const char *weight;	/* column of weights, or NULL */
	const char *weights;	/* file of strata, or NULL */
	const char *invitations;	/* file, or NULL */
};

/* Which of them an analysis makes use of, besides --by and --trend, which
 * those refuse that can't. The others are refused for it (analyses.c). */
enum {
	TAKES_QUESTION = 1,
	TAKES_SCALE = 2,
	TAKES_CUTS = 4,
	TAKES_MIN_N = 8,
	TAKES_DUPLICATES = 16,
	TAKES_PER = 32,
	TAKES_WEIGHTS = 64,
	TAKES_INVITATIONS = 128,
	/* what counts answers score by score (answers.h) */
	TAKES_ANSWERS = TAKES_QUESTION | TAKES_SCALE | TAKES_MIN_N |
			TAKES_DUPLICATES | TAKES_PER | TAKES_WEIGHTS
};

#define ANALYSIS_TABLES 4

struct analysis {
	const char *name;	/* its option: "csat" for --csat */
	const char *arg;	/* what that takes ("TREE"), NULL: nothing */
	const char *help;
	bool advanced;		/* left out of -h, told by --help-all */
	unsigned takes;		/* TAKES_... */
	/* Options that go with it, some of them with others too: tables that
	 * end in OPT_END. An option is unset while it is NULL, false or 0. */
	const struct opt *uses[ANALYSIS_TABLES];
	/* The whole run; `value` is what the option took. The exit status. */
	int (*run)(const struct nps_options *, const char *value, char **files,
		   size_t nfiles);
};

extern const struct analysis analysis_nps, analysis_csat, analysis_ces,
	analysis_mean, analysis_distribution, analysis_decompose, analysis_csi,
	analysis_gap, analysis_drivers, analysis_alert,
	analysis_open_actions, analysis_callback, analysis_index,
	analysis_cdv, analysis_journey, analysis_internal,
	analysis_text, analysis_wom, analysis_chain;

/* ---- analyses.c ---- */

/* All of them, NULL at the end; the first one is the one when none is asked
 * for. */
extern const struct analysis *const analyses[];

#define ANALYSES_MAX 32
#define ANALYSES_OPTS (ANALYSES_MAX * (1 + ANALYSIS_TABLES))

/* Their options, to be included in the program's. */
void analyses_include(struct opt to[ANALYSES_OPTS + 1]);
/* The one asked for, and what its option took; wrong usage when there are
 * two, or options that go with another one. */
const struct analysis *analyses_chosen(const struct nps_options *,
				       const char **value);

/* ---- scale.c ---- */

/* The questions that ask for it when none is named; NULL at the end. */
extern const char *const usual_nps[], *const usual_csat[];

/* --scale, `otherwise` when not given; lowest and highest score alone. */
struct nps_scale scale_range(const struct nps_options *, const char *otherwise);
/* The same with both cuts, --promoters and --detractors. */
struct nps_scale scale_cuts(const struct nps_options *, const char *otherwise);
/*
 * Sets the row just read aside for what survey_judge() found of its score.
 * `score` and `scale_max` are the caller's numbers of these columns.
 */
void scale_reject(struct input *, const struct nps_scale *,
		  const struct cell *, int score, int scale_max, enum reason);

/* ---- what all read alike ---- */

/* "month", the unit of --trend (day_label), or NULL. */
const char *trend_unit(const struct nps_options *);
/* Are dates looked at at all? */
bool is_dated(const struct nps_options *);
/* Was the answer given after the day of --as-of? */
bool is_later(const struct nps_options *, const struct cell *date);
/* Options of another stream, the file of --`option`, that is read beside the
 * answers: the same days, groups and conditions. Wrong usage where it is to be
 * standard input. */
void options_beside(struct common *, const struct nps_options *,
		    const char *option, const char *path);

#endif
