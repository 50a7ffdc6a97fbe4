/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of people and firms, and what a form of address says of them. */
#ifndef CANON_PERSON_H
#define CANON_PERSON_H

#include "base/text.h"

struct person {
	struct text name;	/* part of the text that was read */
	char gender;		/* 'F' or 'M' by the title, 0 when it says none */
	bool firm;		/* a firm by its form */
	bool title_only;	/* a surname with its title: 王先生 */
};

/*
 * Of a cell that clean_words() has cleaned. A title after a full name goes
 * (王伟先生 is 王伟); after a bare surname, also one of two characters
 * (欧阳先生), it stays, since it is all there is.
 * "(公司)" and the like in front go and say that it is a firm.
 */
struct person person_read(struct text clean);

/* Names that clerks type to fill the field (测试, 客户, 不知道): no key. */
bool person_links(const struct person *);

/* The gender that a word means: 男 先生 M male; 女 女士 小姐 F female; 0: it
 * means nothing known (保密), -1: not a word for it. Any case. */
int person_gender(struct text clean);

/* person or organisation for the trade's words (个人, 公司, 单位, ...), NULL
 * for any other, which is then kept. */
const char *person_party(struct text clean);

/* yes or no for 是 否 有 无 Y N 1 0 √ and so on; NULL for any other. */
const char *person_yes_no(struct text clean);

/* An address with one @ and a dot in its domain, no blanks. */
bool person_is_email(struct text clean);

#endif
