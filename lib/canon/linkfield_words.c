/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the words of a header say. Those in Latin letters are compared whole,
 * between anything that is no letter (given_name, GivenName and "given name"
 * are two words); Chinese ones may stand anywhere in it.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/linkfield_in.h"

#define NOTHING LINKAGE_KINDS

enum { PLAIN, IDENTITY = 1, ATTRIBUTE = 2 };

struct word {
	const char *word;	/* two words that must both be there: "a b" */
	enum linkage_kind kind;
	unsigned flags;
};

/* The first that is found holds, so what is said more closely stands first. */
static const struct word words[] = {
	{ "e mail", LINKAGE_EMAIL, IDENTITY },
	{ "email", LINKAGE_EMAIL, IDENTITY },
	{ "mail address", LINKAGE_EMAIL, IDENTITY },
	{ "courriel", LINKAGE_EMAIL, IDENTITY },
	{ "correo", LINKAGE_EMAIL, IDENTITY },
	{ "phone", LINKAGE_PHONE, IDENTITY },
	{ "telephone", LINKAGE_PHONE, IDENTITY },
	{ "telefon", LINKAGE_PHONE, IDENTITY },
	{ "telefono", LINKAGE_PHONE, IDENTITY },
	{ "tel", LINKAGE_PHONE, IDENTITY },
	{ "mobile", LINKAGE_PHONE, IDENTITY },
	{ "cell", LINKAGE_PHONE, IDENTITY },
	{ "fax", LINKAGE_PHONE, IDENTITY },
	{ "handy", LINKAGE_PHONE, IDENTITY },
	{ "vin", LINKAGE_VIN, IDENTITY },
	{ "chassis", LINKAGE_VIN, IDENTITY },
	{ "plate", LINKAGE_PLATE, IDENTITY },
	{ "kennzeichen", LINKAGE_PLATE, IDENTITY },
	{ "birth place", LINKAGE_PLACE, IDENTITY },
	{ "birth city", LINKAGE_PLACE, IDENTITY },
	{ "birthplace", LINKAGE_PLACE, IDENTITY },
	{ "birth year", LINKAGE_NUMBER, IDENTITY },
	{ "birth month", LINKAGE_NUMBER, IDENTITY },
	{ "birth day", LINKAGE_DATE, IDENTITY },
	{ "dob", LINKAGE_DATE, IDENTITY },
	{ "birth", LINKAGE_DATE, IDENTITY },
	{ "birthdate", LINKAGE_DATE, IDENTITY },
	{ "birthday", LINKAGE_DATE, IDENTITY },
	{ "born", LINKAGE_DATE, IDENTITY },
	{ "geburtsdatum", LINKAGE_DATE, IDENTITY },
	{ "geburtstag", LINKAGE_DATE, IDENTITY },
	{ "gebdat", LINKAGE_DATE, IDENTITY },
	{ "naissance", LINKAGE_DATE, IDENTITY },
	{ "nacimiento", LINKAGE_DATE, IDENTITY },
	{ "soc sec", LINKAGE_IDNUM, IDENTITY },
	{ "social security", LINKAGE_IDNUM, IDENTITY },
	{ "ssn", LINKAGE_IDNUM, IDENTITY },
	{ "nhs", LINKAGE_IDNUM, IDENTITY },
	{ "passport", LINKAGE_IDNUM, IDENTITY },
	{ "licence", LINKAGE_IDNUM, IDENTITY },
	{ "license", LINKAGE_IDNUM, IDENTITY },
	{ "national id", LINKAGE_IDNUM, IDENTITY },
	{ "tax id", LINKAGE_IDNUM, IDENTITY },
	{ "vat", LINKAGE_IDNUM, IDENTITY },
	{ "id card", LINKAGE_IDNUM, IDENTITY },
	{ "id no", LINKAGE_IDNUM, IDENTITY },
	{ "post code", LINKAGE_POSTCODE, IDENTITY },
	{ "postal code", LINKAGE_POSTCODE, IDENTITY },
	{ "postcode", LINKAGE_POSTCODE, IDENTITY },
	{ "postalcode", LINKAGE_POSTCODE, IDENTITY },
	{ "zip", LINKAGE_POSTCODE, IDENTITY },
	{ "zipcode", LINKAGE_POSTCODE, IDENTITY },
	{ "plz", LINKAGE_POSTCODE, IDENTITY },
	{ "street number", LINKAGE_NUMBER, IDENTITY },
	{ "house number", LINKAGE_NUMBER, IDENTITY },
	{ "street no", LINKAGE_NUMBER, IDENTITY },
	{ "house no", LINKAGE_NUMBER, IDENTITY },
	{ "hausnummer", LINKAGE_NUMBER, IDENTITY },
	{ "hausnr", LINKAGE_NUMBER, IDENTITY },
	{ "house num", LINKAGE_NUMBER, IDENTITY },
	{ "company", LINKAGE_FIRM, IDENTITY },
	{ "agency", LINKAGE_FIRM, IDENTITY },
	{ "hospital", LINKAGE_FIRM, IDENTITY },
	{ "school", LINKAGE_FIRM, IDENTITY },
	{ "vendor", LINKAGE_FIRM, IDENTITY },
	{ "supplier", LINKAGE_FIRM, IDENTITY },
	{ "site name", LINKAGE_FIRM, IDENTITY },
	{ "store name", LINKAGE_FIRM, IDENTITY },
	{ "firm", LINKAGE_FIRM, IDENTITY },
	{ "organisation", LINKAGE_FIRM, IDENTITY },
	{ "organization", LINKAGE_FIRM, IDENTITY },
	{ "employer", LINKAGE_FIRM, IDENTITY },
	{ "business", LINKAGE_FIRM, IDENTITY },
	{ "firma", LINKAGE_FIRM, IDENTITY },
	{ "empresa", LINKAGE_FIRM, IDENTITY },
	{ "city", LINKAGE_PLACE, IDENTITY },
	{ "town", LINKAGE_PLACE, IDENTITY },
	{ "suburb", LINKAGE_PLACE, IDENTITY },
	{ "neighborhood", LINKAGE_PLACE, IDENTITY },
	{ "neighbourhood", LINKAGE_PLACE, IDENTITY },
	{ "district", LINKAGE_PLACE, IDENTITY },
	{ "county", LINKAGE_PLACE, IDENTITY },
	{ "state", LINKAGE_PLACE, IDENTITY },
	{ "province", LINKAGE_PLACE, IDENTITY },
	{ "region", LINKAGE_PLACE, IDENTITY },
	{ "country", LINKAGE_PLACE, IDENTITY },
	{ "locality", LINKAGE_PLACE, IDENTITY },
	{ "place", LINKAGE_PLACE, IDENTITY },
	{ "ort", LINKAGE_PLACE, IDENTITY },
	{ "stadt", LINKAGE_PLACE, IDENTITY },
	{ "ville", LINKAGE_PLACE, IDENTITY },
	{ "ciudad", LINKAGE_PLACE, IDENTITY },
	{ "address", LINKAGE_ADDRESS, IDENTITY },
	{ "addr", LINKAGE_ADDRESS, IDENTITY },
	{ "street", LINKAGE_ADDRESS, IDENTITY },
	{ "road", LINKAGE_ADDRESS, IDENTITY },
	{ "strasse", LINKAGE_ADDRESS, IDENTITY },
	{ "adresse", LINKAGE_ADDRESS, IDENTITY },
	{ "anschrift", LINKAGE_ADDRESS, IDENTITY },
	{ "rue", LINKAGE_ADDRESS, IDENTITY },
	{ "direccion", LINKAGE_ADDRESS, IDENTITY },
	{ "gender", LINKAGE_GENDER, ATTRIBUTE },
	{ "sex", LINKAGE_GENDER, ATTRIBUTE },
	{ "geschlecht", LINKAGE_GENDER, ATTRIBUTE },
	{ "sexo", LINKAGE_GENDER, ATTRIBUTE },
	{ "sexe", LINKAGE_GENDER, ATTRIBUTE },
	{ "first surname", LINKAGE_NAME, IDENTITY },
	{ "given surname", LINKAGE_NAME, IDENTITY },
	{ "first last", LINKAGE_NAME, IDENTITY },
	{ "given", LINKAGE_GIVEN, IDENTITY },
	{ "forename", LINKAGE_GIVEN, IDENTITY },
	{ "firstname", LINKAGE_GIVEN, IDENTITY },
	{ "givenname", LINKAGE_GIVEN, IDENTITY },
	{ "first name", LINKAGE_GIVEN, IDENTITY },
	{ "fname", LINKAGE_GIVEN, IDENTITY },
	{ "middle name", LINKAGE_GIVEN, IDENTITY },
	{ "vorname", LINKAGE_GIVEN, IDENTITY },
	{ "prenom", LINKAGE_GIVEN, IDENTITY },
	{ "nombre", LINKAGE_GIVEN, IDENTITY },
	{ "surname", LINKAGE_SURNAME, IDENTITY },
	{ "lastname", LINKAGE_SURNAME, IDENTITY },
	{ "last name", LINKAGE_SURNAME, IDENTITY },
	{ "lname", LINKAGE_SURNAME, IDENTITY },
	{ "family name", LINKAGE_SURNAME, IDENTITY },
	{ "familyname", LINKAGE_SURNAME, IDENTITY },
	{ "nachname", LINKAGE_SURNAME, IDENTITY },
	{ "familienname", LINKAGE_SURNAME, IDENTITY },
	{ "apellido", LINKAGE_SURNAME, IDENTITY },
	{ "apellidos", LINKAGE_SURNAME, IDENTITY },
	{ "maiden", LINKAGE_SURNAME, IDENTITY },
	{ "fullname", LINKAGE_NAME, IDENTITY },
	{ "name", LINKAGE_NAME, IDENTITY },
	{ "nom", LINKAGE_NAME, IDENTITY },
	{ "author", LINKAGE_TEXT, IDENTITY },
	{ "authors", LINKAGE_TEXT, IDENTITY },
	{ "website", LINKAGE_TEXT, IDENTITY },
	{ "url", LINKAGE_TEXT, IDENTITY },
	/* What belongs to the record and not to whom it is about. */
	{ "created", NOTHING, ATTRIBUTE },
	{ "updated", NOTHING, ATTRIBUTE },
	{ "modified", NOTHING, ATTRIBUTE },
	{ "date", NOTHING, ATTRIBUTE },
	{ "title", LINKAGE_TEXT, ATTRIBUTE },
	{ "description", LINKAGE_TEXT, ATTRIBUTE },
	{ "note", LINKAGE_TEXT, ATTRIBUTE },
	{ "notes", LINKAGE_TEXT, ATTRIBUTE },
	{ "remark", LINKAGE_TEXT, ATTRIBUTE },
	{ "remarks", LINKAGE_TEXT, ATTRIBUTE },
	{ "comment", LINKAGE_TEXT, ATTRIBUTE },
	{ "comments", LINKAGE_TEXT, ATTRIBUTE },
	{ "price", LINKAGE_NUMBER, ATTRIBUTE },
	{ "amount", LINKAGE_NUMBER, ATTRIBUTE },
};

static const struct word han[] = {
	{ "邮箱", LINKAGE_EMAIL, IDENTITY },
	{ "邮件", LINKAGE_EMAIL, IDENTITY },
	{ "邮编", LINKAGE_POSTCODE, IDENTITY },
	{ "邮政编码", LINKAGE_POSTCODE, IDENTITY },
	{ "车架号", LINKAGE_VIN, IDENTITY },
	{ "车辆识别", LINKAGE_VIN, IDENTITY },
	{ "底盘号", LINKAGE_VIN, IDENTITY },
	{ "车牌", LINKAGE_PLATE, IDENTITY },
	{ "牌照", LINKAGE_PLATE, IDENTITY },
	{ "身份证", LINKAGE_IDNUM, IDENTITY },
	{ "证件号", LINKAGE_IDNUM, IDENTITY },
	{ "护照", LINKAGE_IDNUM, IDENTITY },
	{ "信用代码", LINKAGE_IDNUM, IDENTITY },
	{ "手机", LINKAGE_PHONE, IDENTITY },
	{ "电话", LINKAGE_PHONE, IDENTITY },
	{ "联系方式", LINKAGE_PHONE, IDENTITY },
	{ "出生地", LINKAGE_PLACE, IDENTITY },
	{ "籍贯", LINKAGE_PLACE, IDENTITY },
	{ "出生", LINKAGE_DATE, IDENTITY },
	{ "生日", LINKAGE_DATE, IDENTITY },
	{ "性别", LINKAGE_GENDER, ATTRIBUTE },
	{ "地址", LINKAGE_ADDRESS, IDENTITY },
	{ "住址", LINKAGE_ADDRESS, IDENTITY },
	{ "公司", LINKAGE_FIRM, IDENTITY },
	{ "单位", LINKAGE_FIRM, IDENTITY },
	{ "企业", LINKAGE_FIRM, IDENTITY },
	{ "城市", LINKAGE_PLACE, IDENTITY },
	{ "省份", LINKAGE_PLACE, IDENTITY },
	{ "区县", LINKAGE_PLACE, IDENTITY },
	{ "姓名", LINKAGE_NAME, IDENTITY },
	{ "名字", LINKAGE_NAME, IDENTITY },
	{ "名称", LINKAGE_NAME, IDENTITY },
	{ "车主", LINKAGE_NAME, IDENTITY },
	{ "联系人", LINKAGE_NAME, IDENTITY },
	{ "备注", LINKAGE_TEXT, ATTRIBUTE },
	{ "日期", NOTHING, ATTRIBUTE },
	{ "时间", NOTHING, ATTRIBUTE },
};

/* Headers of one Chinese character, or nearly. */
static const struct word han_whole[] = {
	{ "姓", LINKAGE_SURNAME, IDENTITY },
	{ "姓氏", LINKAGE_SURNAME, IDENTITY },
	{ "名", LINKAGE_GIVEN, IDENTITY },
	{ "省", LINKAGE_PLACE, IDENTITY },
	{ "市", LINKAGE_PLACE, IDENTITY },
	{ "区", LINKAGE_PLACE, IDENTITY },
	{ "县", LINKAGE_PLACE, IDENTITY },
	{ "客户", LINKAGE_NAME, IDENTITY },
};

static bool is_letter(char c)
{
	return ascii_is_upper(c) || ascii_is_lower(c) || (c & 0x80);
}

/* The words of a header, a blank before and after each: " given name ". */
static void split(struct buf *to, struct text header)
{
	struct buf cut = { 0 };

	buf_addc(&cut, ' ');
	for (size_t i = 0; i < header.n; i++) {
		char c = header.p[i];

		/* GivenName, and FName, but not the inside of DOB. */
		if (ascii_is_upper(c) && i > 0 &&
		    !ascii_is_upper(header.p[i - 1]))
			buf_addc(&cut, ' ');
		buf_addc(&cut, is_letter(c) ? c : ' ');
	}
	buf_addc(&cut, ' ');
	utf8_plain(to, buf_text(&cut));
	buf_release(&cut);
}

static bool has_word(struct text words_there, const char *word, size_t n)
{
	char key[32];

	key[0] = ' ';
	memcpy(key + 1, word, n);
	key[n + 1] = ' ';
	key[n + 2] = '\0';
	return text_find(words_there, key) != SIZE_MAX;
}

/* All the words of "a b" in any order. */
static bool has_words(struct text words_there, const char *wanted)
{
	struct text rest = text_of(wanted), one;

	while (text_split(&rest, ' ', &one))
		if (!has_word(words_there, one.p, one.n))
			return false;
	return true;
}

static struct linkfield_hint hint_of(const struct word *w)
{
	return (struct linkfield_hint){ w->kind, w->flags & ATTRIBUTE,
					w->flags & IDENTITY };
}

struct linkfield_hint linkfield_hint(struct text header)
{
	struct linkfield_hint hint = { NOTHING, false, false };
	struct buf there = { 0 };
	struct text all, bare;
	const struct word *found = NULL;

	split(&there, header);
	all = buf_text(&there);
	bare = text_trim(all);
	for (size_t i = 0; i < NELEMS(han_whole) && !found; i++)
		if (text_is(bare, han_whole[i].word))
			found = &han_whole[i];
	for (size_t i = 0; i < NELEMS(han) && !found; i++)
		if (text_find(all, han[i].word) != SIZE_MAX)
			found = &han[i];
	for (size_t i = 0; i < NELEMS(words) && !found; i++)
		if (has_words(all, words[i].word))
			found = &words[i];
	if (found)
		hint = hint_of(found);
	buf_release(&there);
	return hint;
}

static const char *const kind_names[LINKAGE_KINDS] = {
	[LINKAGE_GIVEN] = "given",	 [LINKAGE_SURNAME] = "surname",
	[LINKAGE_NAME] = "name",	 [LINKAGE_FIRM] = "firm",
	[LINKAGE_DATE] = "date",	 [LINKAGE_PHONE] = "phone",
	[LINKAGE_EMAIL] = "email",	 [LINKAGE_IDNUM] = "idnum",
	[LINKAGE_POSTCODE] = "postcode", [LINKAGE_NUMBER] = "number",
	[LINKAGE_ADDRESS] = "address",	 [LINKAGE_PLACE] = "place",
	[LINKAGE_GENDER] = "gender",	 [LINKAGE_CATEGORY] = "category",
	[LINKAGE_TEXT] = "text",	 [LINKAGE_VIN] = "vin",
	[LINKAGE_PLATE] = "plate",	 [LINKAGE_SOUND] = "sound",
};

const char *linkfield_kind_name(enum linkage_kind kind)
{
	return kind_names[kind];
}

enum linkage_kind linkfield_kind_of(struct text word)
{
	int kind = 0;

	/* A reading belongs to another column; nobody asks for it. */
	while (kind < LINKAGE_KINDS && (kind == LINKAGE_SOUND ||
					!text_is(word, kind_names[kind])))
		kind++;
	return (enum linkage_kind)kind;
}
