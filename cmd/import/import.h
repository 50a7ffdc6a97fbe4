/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-import's parts: options, a file opened and looked at, its rows. */
#ifndef CMD_IMPORT_H
#define CMD_IMPORT_H

#include "canon/project.h"
#include "cmd/import/map.h"
#include "stream/decode.h"
#include "stream/feed.h"
#include "stream/input.h"
#include "stream/progress.h"
#include "stream/reject.h"
#include "stream/table.h"

struct import_options {
	struct common common;
	const char *stream;		/* "customers", ..., "table" */
	int kind;			/* words of --kind; 0: by the header */
	int encoding;			/* enum encoding */
	const char *delimiter;
	const char *header;
	const char *sheet;		/* of a workbook: name or number */
	bool fill_merged;
	int64_t skip;
	const char *dates;
	struct opt_list na;
	struct opt_list aliases;
	struct opt_list fill_down;
	struct opt_list maps;
	bool show_map;
	const char *save_map;
	struct opt_list bases;
	int policy;			/* 0 update, 1 keep, 2 fill */
	const char *changes;
	const char *quality;
	int workflow;			/* 0 seven-step, 1 eight-step */
	struct project_options project;
	char delimiter_byte;		/* 0: find it */
};

/* What a column of a file was taken for. */
struct sheet_column {
	struct header_match match;
	struct text as;			/* the name under which it goes on */
	bool twin;			/* one more column of the same field */
	struct plan_given settled;	/* what a map is to keep */
};

/* One file: what its head tells. */
struct sheet {
	const char *path;		/* as messages name it */
	struct buf shown;		/* the path, as UTF-8 */
	const char *name;		/* of that, without folders */
	struct source *source;
	bool fed;			/* the source is the feed's now */
	bool by_row;			/* of a workbook: CSV of its rows */
	struct decode *decode;
	enum table_format format;
	char delimiter;
	struct jsonin *json;		/* its keys, or NULL: no JSON */
	struct grid grid;
	size_t first_sample;		/* row of the grid after the header */
	struct text *header;		/* names, cleaned */
	size_t columns;
	struct text raw_header;		/* its bytes */
	uint64_t header_line;		/* the last line of it; 0: none in the
					 * file */
	uint64_t header_from;		/* the first */
	unsigned levels;		/* rows of names: 0, 1 or 2 */
	const struct mapped *mapped;	/* what a map has of it, or NULL */
	struct plan_given *given;	/* and of its columns */
	bool changed;			/* no map has just its columns */
	struct project_options project;	/* of the run, with the map's dates */
	const char *kind;		/* "service", or a stream's name */
	struct sheet_column *column;	/* once its columns are known */
	struct plan plan;		/* not of a table */
};

/* A run: what all files share. */
struct import {
	const struct import_options *o;
	struct aliases *aliases;
	struct maps maps;
	struct sheet *sheet;
	size_t sheets;
	struct extras extras;
	struct rejects *rejects;
	struct input_counts counts;
	struct progress progress;
	struct quality *quality;	/* or NULL */
	bool *fill_used;		/* names of --fill-down found */
	uint64_t filled;		/* cells that took the value above */
};

/* Opens a file, finds its delimiter and header; dies when it is no table. */
void sheet_open(struct sheet *, const char *path, const struct import *);
void sheet_close(struct sheet *);
/* Makes its plan for a stream, and settles its columns. */
void sheet_plan(struct sheet *, struct import *, const struct schema *,
		int points[EXPORT_KINDS]);

/*
 * Reads the rows after the header, one by one. What is no sound row of data
 * is counted and set aside; the caller gets the rest as one value a column.
 */
struct rows;

struct rows *rows_open(struct sheet *, struct import *);
bool rows_next(struct rows *, const struct text **cell);
/* Sets the row just read aside. */
void rows_reject(struct rows *, enum reason, struct text column,
		 struct text value);
void rows_close(struct rows *);

/* All rows of a file onto a shelf. */
void import_read(struct import *, struct sheet *, struct identity *,
		 struct shelf *);

/* --fill-down: before the first file; for a file whose columns are settled
 * (NULL: it is not asked for); for a row, giving the cells filled; after the
 * last file. */
struct filldown;

void filldown_begin(struct import *);
struct filldown *filldown_new(const struct sheet *, struct import *);
uint64_t filldown_row(struct filldown *, struct text *cell);
void filldown_free(struct filldown *);
void filldown_end(struct import *);

/* --quality (else NULL): after all plans are made; each row; at the end. */
struct quality;

struct quality *quality_open(const struct import *);
void quality_row(struct quality *, const struct sheet *,
		 const struct text *cell, const struct project *);
void quality_write(struct quality *, const struct identity *);
void quality_close(struct quality *);

/* Makes all plans; dies when no file holds the stream. */
void import_plans(struct import *, const struct schema *);
/* Columns of a stream, by the shelf. */
int import_stream(struct import *, const struct schema *);
/* Any table, row by row. */
int import_table(struct import *);
/* --show-map, of columns that are settled, and of a stream. */
int import_show_map(struct import *);
int import_show_stream(struct import *, const struct schema *);
/* --save-map: once the columns of all sheets are settled, and before they are
 * closed. */
void import_save_map(const struct import *);

/* Dies when --col or --map names a header that no file has. */
void import_check_said(const struct aliases *);

#endif
