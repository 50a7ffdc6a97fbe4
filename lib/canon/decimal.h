/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as people write them, read exactly: 1,234.50, ￥1,234, 1.2万元,
 * (123.00), 3.5万公里. Digits are moved, never rounded through a double. A
 * comma counts only where thousands are grouped rightly; 1,2,3, 1.234,50, 1e5
 * and 0x10 are no numbers.
 */
#ifndef CANON_DECIMAL_H
#define CANON_DECIMAL_H

#include "base/text.h"

#define DECIMAL_BYTES 64	/* longest decimal_read() output */

enum decimal_unit {
	DECIMAL_PLAIN,		/* no sign but a figure's own */
	DECIMAL_MONEY,		/* ¥ ￥ $ RMB CNY 元 圆, (123) is negative */
	DECIMAL_KM,		/* km, 公里, 千米 */
	DECIMAL_HOURS,		/* 小时, 工时, h */
	DECIMAL_SCORE		/* 分 */
};

/*
 * Reads a cell that clean_code() has cleaned and writes it to `to` as
 * [-]digits[.digits] without needless zeros; returns the bytes, 0 when it is
 * no such number (or has more than 40 digits). `in_wan`: the header says that
 * figures are in 万 (10,000); a figure with a unit of its own (1200元, 1.2万,
 * 12000公里) keeps that, a currency's sign in front (¥1.2) is none.
 */
size_t decimal_read(struct text clean, enum decimal_unit, bool in_wan,
		    char to[DECIMAL_BYTES]);

#endif
