/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles, firms and the words of forms, as tables. */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "canon/person.h"
#include "model/surname.h"

static const struct {
	struct text word;
	char gender;
} titles[] = {
	{ TEXT("先生"), 'M' }, { TEXT("女士"), 'F' }, { TEXT("小姐"), 'F' }, { TEXT("太太"), 'F' },
	{ TEXT("夫人"), 'F' }, { TEXT("阿姨"), 'F' }, { TEXT("大姐"), 'F' }, { TEXT("大哥"), 'M' },
	{ TEXT("师傅"), 0 },	 { TEXT("同志"), 0 },	  { TEXT("经理"), 0 },   { TEXT("老板"), 0 },
	{ TEXT("老师"), 0 },	 { TEXT("主任"), 0 },	  { TEXT("医生"), 0 },   { TEXT("律师"), 0 },
};

/* Of one character, so that they are a title only after a bare surname. */
static const struct {
	struct text word;
	char gender;
} short_titles[] = {
	{ TEXT("总"), 0 }, { TEXT("姐"), 'F' }, { TEXT("哥"), 'M' }
};

static const char *const firm_tags[] = { "(公司)", "（公司）", "(单位)",
					 "（单位）", "【公司】", "[公司]" };

static const struct text firm_endings[] = {
	TEXT("公司"),	TEXT("集团"),	TEXT("有限合伙"),   TEXT("事务所"),
	TEXT("经营部"), TEXT("商行"),	TEXT("工作室"),	    TEXT("研究院"),
	TEXT("委员会"), TEXT("管理局"), TEXT("租赁行"),	    TEXT("合作社"),
	TEXT("医院"),	TEXT("大学"),	TEXT("车队"),	    TEXT("厂"),
	TEXT("公司分公司"), TEXT("支行"), TEXT("Ltd"),	    TEXT("Ltd."),
	TEXT("Inc"),	TEXT("Inc."),	TEXT("LLC"),	    TEXT("GmbH"),
};

static const char *const fillers[] = {
	"测试",	  "测试客户", "客户",	"散客",	  "过路客",   "临时客户",
	"新客户", "不知道",   "无名",	"匿名",	  "先生",     "女士",
	"小姐",	  "车主",     "test",	"TEST",	  "Test",     "xxx",
	"XXX",	  "车主本人", "本人",	"零散客户", "普通客户",
};

static bool is_in(struct text t, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(t, list[i]))
			return true;
	return false;
}

static bool take_firm_tag(struct person *p)
{
	for (size_t i = 0; i < NELEMS(firm_tags); i++) {
		size_t n;

		if (!text_starts(p->name, firm_tags[i]))
			continue;
		n = strlen(firm_tags[i]);
		if (p->name.n > n) {
			p->name.p += n;
			p->name.n -= n;
			p->name = clean_text(p->name);
			p->firm = true;
			return true;
		}
	}
	return false;
}

static bool is_firm(struct text name)
{
	for (size_t i = 0; i < NELEMS(firm_endings); i++)
		if (text_ends_in(name, firm_endings[i]) &&
		    name.n > firm_endings[i].n + 3)
			return true;
	return name.n >= 12 && text_find(name, "有限公司") != SIZE_MAX;
}

static bool is_surname(struct text t)
{
	size_t signs = utf8_count(t), n, m;
	uint32_t first;

	if (signs != 2)
		return signs < 2;
	first = utf8_decode(t.p, t.n, &n);
	return surname_is_compound(first, utf8_decode(t.p + n, t.n - n, &m));
}

/* A bare surname before one of short_titles. */
static void look_for_short_title(struct person *p)
{
	for (size_t i = 0; i < NELEMS(short_titles); i++) {
		size_t n = short_titles[i].word.n;

		if (!text_ends_in(p->name, short_titles[i].word) ||
		    p->name.n == n ||
		    !is_surname((struct text){ p->name.p, p->name.n - n }))
			continue;
		p->title_only = true;
		p->gender = short_titles[i].gender;
	}
}

/* True when a title went, and there may be another before it. */
static bool take_title(struct person *p)
{
	for (size_t i = 0; i < NELEMS(titles); i++) {
		size_t n = titles[i].word.n;
		struct text bare = p->name;

		if (!text_ends_in(p->name, titles[i].word) || p->name.n == n)
			continue;
		if (titles[i].gender)
			p->gender = titles[i].gender;
		bare.n -= n;
		bare = clean_text(bare);
		p->title_only = is_surname(bare);
		if (p->title_only)
			return false;
		p->name = bare;
		return true;
	}
	return false;
}

struct person person_read(struct text clean)
{
	struct person p = { .name = clean };

	while (take_firm_tag(&p))
		;
	while (!is_firm(p.name) && take_title(&p))
		;
	if (!p.title_only)
		look_for_short_title(&p);
	p.firm |= is_firm(p.name);
	return p;
}

bool person_links(const struct person *p)
{
	return p->name.n > 0 && !p->title_only &&
	       !memchr(p->name.p, '*', p->name.n) &&
	       utf8_count(p->name) > 1 &&
	       !is_in(p->name, fillers, NELEMS(fillers));
}

struct word {
	const char *word, *means;
};

static const char *look_up(struct text t, const struct word *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is_word(t, text_of(words[i].word)))
			return words[i].means;
	return NULL;
}

int person_gender(struct text clean)
{
	static const struct word words[] = {
		{ "f", "F" },	    { "m", "M" },      { "女", "F" },
		{ "男", "M" },	    { "女性", "F" },   { "男性", "M" },
		{ "女士", "F" },    { "先生", "M" },   { "小姐", "F" },
		{ "太太", "F" },    { "female", "F" }, { "male", "M" },
		{ "mr", "M" },	    { "mr.", "M" },    { "mrs", "F" },
		{ "mrs.", "F" },    { "ms", "F" },     { "ms.", "F" },
		{ "miss", "F" },    { "保密", "" },    { "其他", "" },
		{ "unknown", "" },  { "单位", "" },    { "公司", "" },
		{ "0", "" },
	};
	const char *means = look_up(clean, words, NELEMS(words));

	return means ? means[0] : -1;
}

const char *person_party(struct text clean)
{
	static const char organisation[] = "organisation";
	static const char person[] = "person";
	static const struct word words[] = {
		{ "个人", person },	     { "个人客户", person },
		{ "私人", person },	     { "私家", person },
		{ "自然人", person },	     { "个人用户", person },
		{ "person", person },	     { "individual", person },
		{ "公司", organisation },    { "单位", organisation },
		{ "企业", organisation },    { "公司客户", organisation },
		{ "单位客户", organisation }, { "企业客户", organisation },
		{ "法人", organisation },    { "集团", organisation },
		{ "集团客户", organisation }, { "大客户", organisation },
		{ "公务", organisation },    { "政府", organisation },
		{ "机关", organisation },    { "组织", organisation },
		{ "机构", organisation },    { "company", organisation },
		{ "organization", organisation },
		{ "organisation", organisation },
		/* who else is a customer, inside and outside (seed 004) */
		{ "经销商", "dealer" },	     { "二级经销商", "dealer" },
		{ "二网", "dealer" },	     { "dealer", "dealer" },
		{ "供应商", "supplier" },    { "供货商", "supplier" },
		{ "supplier", "supplier" },  { "中介", "agency" },
		{ "社会中介", "agency" },    { "中介机构", "agency" },
		{ "代理商", "agency" },	     { "代理", "agency" },
		{ "agency", "agency" },	     { "最终消费者", "end-user" },
		{ "最终用户", "end-user" },  { "终端用户", "end-user" },
		{ "终端客户", "end-user" },  { "end-user", "end-user" },
		{ "公众", "public" },	     { "社会公众", "public" },
		{ "public", "public" },	     { "竞争者", "competitor" },
		{ "竞争对手", "competitor" }, { "同行", "competitor" },
		{ "competitor", "competitor" },
		{ "内部员工", "employee" },  { "员工", "employee" },
		{ "内部客户", "employee" },  { "内部顾客", "employee" },
		{ "本店员工", "employee" },  { "employee", "employee" },
	};

	return look_up(clean, words, NELEMS(words));
}

const char *person_yes_no(struct text clean)
{
	static const char yes[] = "yes", no[] = "no";
	static const struct word words[] = {
		{ "是", yes },	 { "有", yes },	 { "y", yes },
		{ "yes", yes },	 { "true", yes }, { "t", yes },
		{ "1", yes },	 { "√", yes },	 { "已", yes },
		{ "已试驾", yes }, { "试驾", yes }, { "否", no },
		{ "无", no },	 { "没有", no }, { "n", no },
		{ "no", no },	 { "false", no }, { "f", no },
		{ "0", no },	 { "×", no },	 { "未", no },
		{ "未试驾", no }, { "不是", no },
	};

	return look_up(clean, words, NELEMS(words));
}

bool person_is_email(struct text t)
{
	const char *at = t.n ? memchr(t.p, '@', t.n) : NULL;
	size_t left, domain;

	if (!at || memchr(t.p, ' ', t.n))
		return false;
	left = (size_t)(at - t.p);
	domain = t.n - left - 1;
	if (left == 0 || domain < 3 || memchr(at + 1, '@', domain))
		return false;
	return at[1] != '.' && t.p[t.n - 1] != '.' &&
	       memchr(at + 1, '.', domain);
}
