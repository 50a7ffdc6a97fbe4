/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number plates: separators dropped, kinds told apart. */
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "canon/plate.h"

#define SIGN 3			/* bytes of a Chinese character */

static const char provinces[] =
	"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
static const char endings[] = "学警港澳领挂试超";

static const char *const nothing[] = {
	"无牌",	  "未上牌",   "新车",	"临牌",	  "临时牌",
	"未挂牌", "待上牌",   "无",	"暂无牌", "无牌照",
	"临",	  "临时牌照", "未上牌照", "暂未上牌", "无车牌",
	"未上户", "没牌",     "临时号牌", "新车未上牌", "未办牌",
};

static const char *const separators[] = { "·", "•", "・", "‧",
					  "-", ".", "_",  " " };

/* Is the character at the front of t one of a list of such? */
static bool is_one_of(struct text t, const char *list)
{
	if (t.n < SIGN)
		return false;
	for (const char *p = list; *p; p += SIGN)
		if (memcmp(p, t.p, SIGN) == 0)
			return true;
	return false;
}

static size_t separator(struct text t)
{
	for (size_t i = 0; i < NELEMS(separators); i++)
		if (text_starts(t, separators[i]))
			return strlen(separators[i]);
	return 0;
}

static struct text without_separators(struct text t, char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n;) {
		struct text rest = { t.p + i, t.n - i };
		size_t len = separator(rest);

		if (len == 0)
			to[n++] = t.p[i++];
		i += len;
	}
	return (struct text){ to, n };
}

static bool is_letter(char c)
{
	return ascii_is_upper(c) && c != 'I' && c != 'O';
}

static bool are_signs(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!ascii_is_digit(p[i]) && !is_letter(p[i]))
			return false;
	return true;
}

/* GA 36-2018: A to K without I tell new energy, in front on small vehicles
 * and at the end on large ones. */
static bool is_energy(const char *p)
{
	bool front = p[0] >= 'A' && p[0] <= 'K' && p[0] != 'I';
	bool back = p[5] >= 'A' && p[5] <= 'K' && p[5] != 'I';

	return (front && are_signs(p + 1, 1) && ascii_are_digits(p + 2, 4)) ||
	       (back && ascii_are_digits(p, 5));
}

/* ASCII that is neither letter nor digit. */
static bool has_other_signs(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!((unsigned char)t.p[i] & 0x80) &&
		    !ascii_is_digit(t.p[i]) && !ascii_is_upper(t.p[i]))
			return true;
	return false;
}

/* Six digits with 使 before or behind them. */
static bool is_embassy(struct text t)
{
	if (t.n != SIGN + 6)
		return false;
	return (text_starts(t, "使") && ascii_are_digits(t.p + SIGN, 6)) ||
	       (text_ends(t, "使") && ascii_are_digits(t.p, 6));
}

static enum plate_kind kind_of(struct text t)
{
	const char *p = t.p + SIGN + 1;
	size_t n = t.n - SIGN - 1;

	if (has_other_signs(t))
		return PLATE_ODD;
	if (text_find(t, "临") != SIZE_MAX)
		return PLATE_TEMPORARY;
	if (is_embassy(t))
		return PLATE_SPECIAL;
	if (t.n <= SIGN + 1 || !is_one_of(t, provinces))
		return PLATE_ODD;
	if (t.p[SIGN] < 'A' || t.p[SIGN] > 'Z' || t.p[SIGN] == 'I')
		return PLATE_ODD;
	if (n == 5 && are_signs(p, 5))
		return PLATE_FUEL;
	if (n == 6 && is_energy(p))
		return PLATE_ENERGY;
	if (n == 4 + SIGN && are_signs(p, 4) &&
	    is_one_of((struct text){ p + 4, SIGN }, endings))
		return PLATE_SPECIAL;
	return PLATE_ODD;
}

enum plate_kind plate_read(struct text key, char *to, struct text *plate)
{
	enum plate_kind kind;

	*plate = without_separators(key, to);
	for (size_t i = 0; i < NELEMS(nothing); i++)
		if (text_is(*plate, nothing[i]))
			plate->n = 0;
	if (plate->n == 0)
		return PLATE_NONE;
	kind = kind_of(*plate);
	if (kind == PLATE_ODD)
		*plate = key;
	return kind;
}

const char *plate_flag(enum plate_kind kind)
{
	if (kind == PLATE_ODD)
		return "plate-odd";
	return kind == PLATE_TEMPORARY ? "plate-temporary" : NULL;
}
