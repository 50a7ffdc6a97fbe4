/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-import's parts: options, a file opened and looked at, its rows. */
#ifndef CMD_IMPORT_H
#define CMD_IMPORT_H

#include "canon/project.h"
#include "stream/decode.h"
#include "stream/feed.h"
#include "stream/input.h"
#include "stream/reject.h"

struct import_options {
	struct common common;
	const char *stream;		/* "customers", ..., "table" */
	int kind;			/* words of --kind; 0: by the header */
	int encoding;			/* enum encoding */
	const char *delimiter;
	const char *header;
	int64_t skip;
	const char *dates;
	struct opt_list na;
	struct opt_list aliases;
	const char *map;
	bool show_map;
	int workflow;			/* 0 seven-step, 1 eight-step */
	struct project_options project;
	char delimiter_byte;		/* 0: find it */
};

/* One file: what its head tells. */
struct sheet {
	const char *path;		/* as messages name it */
	const char *name;		/* without folders */
	struct source *source;
	struct decode *decode;
	char delimiter;
	struct grid grid;
	size_t first_sample;		/* row of the grid after the header */
	struct text *header;		/* names, cleaned */
	size_t columns;
	struct text raw_header;		/* its bytes */
	uint64_t header_line;		/* the last line of it; 0: none in the
					 * file */
	uint64_t header_from;		/* the first */
	struct plan plan;		/* not of a table */
};

/* A run: what all files share. */
struct import {
	const struct import_options *o;
	struct aliases *aliases;
	struct sheet *sheet;
	size_t sheets;
	struct extras extras;
	struct rejects *rejects;
	struct input_counts counts;
};

/* Opens a file, finds its delimiter and header; dies when it is no table. */
void sheet_open(struct sheet *, const char *path, const struct import *);
void sheet_close(struct sheet *);

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

/* Columns of a stream, by the shelf. */
int import_stream(struct import *, const struct schema *);
/* Any table, row by row. */
int import_table(struct import *);
/* --show-map. */
int import_show_map(struct import *);

/* Dies when --col or --map names a header that no file has. */
void import_check_said(const struct aliases *);

#endif
