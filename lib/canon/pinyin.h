/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How Chinese names are read: Mandarin syllables in pinyin without tones, ü
 * written v. From pinyin.csv, which scripts/pinyin-data makes of the Unihan
 * database: one customary reading for each ideograph from U+4E00 to U+9FFF,
 * and other ones for what stands as a surname (单 shan, 尉迟 yu chi).
 */
#ifndef CANON_PINYIN_H
#define CANON_PINYIN_H

#include "base/text.h"

struct pinyin;

/* Reads the shipped table; keep one for the whole run. */
struct pinyin *pinyin_new(void);
void pinyin_free(struct pinyin *);

/* The syllable of one ideograph, "" when none is known. */
const char *pinyin_sign(const struct pinyin *, uint32_t code);

/*
 * Appends the reading of a Chinese name, surname first, a blank between two
 * syllables: 曾伟 "zeng wei", 尉迟恭 "yu chi gong". Blanks and middle dots in
 * the name are passed over. False, and nothing appended, when anything else in
 * it has no reading, or there is nothing to read.
 */
bool pinyin_name(const struct pinyin *, struct text name, struct buf *);

#endif
