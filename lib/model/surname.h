/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the surname of a Chinese name ends: one character, or two where the
 * name begins with a compound surname and goes on. The compound ones are
 * those of the Hundred Family Surnames and of Manchu and Xianbei houses that
 * are still borne, as the table of surnames in the npm package pinyin-pro
 * (MIT) has them, and 独孤, 纳兰, 完颜.
 */
#ifndef MODEL_SURNAME_H
#define MODEL_SURNAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An ideograph (CJK unified or compatibility, any plane). */
bool surname_is_han(uint32_t code);
/* Two ideographs that are one surname, such as 欧阳. */
bool surname_is_compound(uint32_t first, uint32_t second);
/* Characters of the surname in a name of n ideographs: 0, 1 or 2. */
unsigned surname_signs(const uint32_t *name, size_t n);

#endif
