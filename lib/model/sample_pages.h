/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sheets of the dealership, one function each, and what they share. Only
 * sample_export.c, sample_shop.c and sample_desk.c need this.
 */
#ifndef MODEL_SAMPLE_PAGES_H
#define MODEL_SAMPLE_PAGES_H

#include "model/sample_export.h"
#include "model/sample_sheet.h"

extern const char *const sample_sales_header[];
extern const char *const sample_service_header[];
extern const char *const sample_parts_header[];
extern const char *const sample_customers_header[];
extern const char *const sample_survey_header[];
extern const char *const sample_complaints_header[];
extern const char *const sample_leads_header[];
extern const char *const sample_remind_header[];
extern const char *const sample_club_header[];
extern const char *const sample_renewal_header[];

void sample_page_sales(struct sample_sheet *);
void sample_page_service(struct sample_sheet *);
void sample_page_parts(struct sample_sheet *);
void sample_page_customers(struct sample_sheet *);
void sample_page_survey(struct sample_sheet *);
void sample_page_complaints(struct sample_sheet *);
void sample_page_leads(struct sample_sheet *);
void sample_page_remind(struct sample_sheet *);
void sample_page_club(struct sample_sheet *);
void sample_page_renewal(struct sample_sheet *);

/* Two letters, year and month, then the number + 1. */
void sample_document(char to[SAMPLE_DOCUMENT], const char *prefix, int32_t day,
		     size_t number);
/* A cell with what a list holds there. */
void sample_cell_of(struct sample_sheet *, enum sample_lists, uint32_t row,
		    size_t column);
void sample_cell_word(struct sample_sheet *, uint32_t row);
void sample_cell_staff(struct sample_sheet *, uint32_t staff);
/* The word of a kind that has only one, such as the store's name. */
struct text sample_the_word(const struct sample_world *, const char *kind);
/* The lines above the header: store and report, then the days covered. */
void sample_titles(struct sample_sheet *, const char *report);
void sample_footer(struct sample_sheet *);

#endif
