/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compound surnames, in both ways of writing, sorted bytewise. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "model/surname.h"

static const char *const compound[] = {
	/* clang-format off */
	"万俟", "上官", "东方", "东郭", "东门", "乐正", "亓官", "仉督",
	"令狐", "仲孙", "公冶", "公孙", "公孫", "公羊", "公良", "公西",
	"单于", "南宫", "南宮", "南门", "句龙", "司寇", "司徒", "司空",
	"司馬", "司马", "呼延", "壤驷", "夏侯", "太叔", "夹谷", "子车",
	"宇文", "完顏", "完颜", "宗政", "宰父", "尉迟", "尉遲", "左丘",
	"巫马", "慕容", "拓跋", "東方", "東郭", "梁丘", "榖梁", "欧阳",
	"歐陽", "段干", "毌丘", "淳于", "漆雕", "澹台", "澹臺", "濮阳",
	"濮陽", "独孤", "獨孤", "申屠", "百里", "皇甫", "端木", "第五",
	"納蘭", "纳兰", "羊舌", "聞人", "西门", "諸葛", "诸葛", "赫连",
	"赫連", "軒轅", "轩辕", "鍾離", "钟离", "長孫", "长孙", "闻人",
	"闾丘", "颛孙", "鮮于", "鲜于",
	/* clang-format on */
};

bool surname_is_han(uint32_t code)
{
	return (code >= 0x4E00 && code <= 0x9FFF) ||
	       (code >= 0x3400 && code <= 0x4DBF) ||
	       (code >= 0xF900 && code <= 0xFAFF) ||
	       (code >= 0x20000 && code <= 0x3FFFD);
}

static int by_text(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

bool surname_is_compound(uint32_t first, uint32_t second)
{
	char two[9];
	const char *key = two;
	size_t at = utf8_encode(first, two);

	at += utf8_encode(second, two + at);
	two[at] = '\0';
	return bsearch(&key, compound, NELEMS(compound), sizeof(*compound),
		       by_text) != NULL;
}

unsigned surname_signs(const uint32_t *name, size_t n)
{
	if (n <= 2)
		return n > 0;
	return surname_is_compound(name[0], name[1]) ? 2 : 1;
}
