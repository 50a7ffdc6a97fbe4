/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-profile: what a column is, by what was told, the stream, or its name. */
#include "base/mem.h"
#include "base/msg.h"
#include "cmd/profile/fold.h"

static enum describe_type type_of(const struct schema_column *c)
{
	static const enum describe_type type[] = {
		[COL_TEXT] = DESCRIBE_TEXT,
		[COL_DAY] = DESCRIBE_DATE,
		[COL_INSTANT] = DESCRIBE_INSTANT,
		[COL_MONEY] = DESCRIBE_MONEY,
		[COL_INT] = DESCRIBE_INTEGER,
		[COL_REAL] = DESCRIBE_NUMBER,
		[COL_SHARE] = DESCRIBE_NUMBER,
		[COL_FIXED4] = DESCRIBE_NUMBER,
	};

	if (!c->words)
		return type[c->type];
	return strstr(c->words, "yes") ? DESCRIBE_YESNO : DESCRIBE_CATEGORY;
}

/* --type COL=TYPE, a type by the name that the result has for it. */
static bool told_type(const struct profile_options *o, struct text name,
		      enum describe_type *type)
{
	for (size_t i = o->types.n; i-- > 0;) {
		const char *item = o->types.item[i], *sign = strchr(item, '=');

		if (!sign ||
		    !text_eq(name, (struct text){ item,
						  (size_t)(sign - item) }))
			continue;
		for (int t = DESCRIBE_INTEGER; t <= DESCRIBE_TEXT; t++)
			if (strcmp(describe_type_name((enum describe_type)t),
				   sign + 1) == 0) {
				*type = (enum describe_type)t;
				return true;
			}
	}
	return false;
}

void profile_check_types(const struct profile_options *o)
{
	for (size_t i = 0; i < o->types.n; i++) {
		const char *item = o->types.item[i], *sign = strchr(item, '=');
		enum describe_type type;

		if (!sign || sign == item ||
		    !told_type(o, (struct text){ item, (size_t)(sign - item) },
			       &type))
			die_usage("--type: \"%s\" is not COL=TYPE, TYPE being "
				  "integer, money, number, date, instant, "
				  "yes-no, category or text",
				  item);
	}
}

/* Numbers of documents, phones and the like are no figures. */
static bool is_word(enum field_kind kind)
{
	static const bool word[] = {
		[FIELD_TEXT] = true,  [FIELD_WORD] = true,
		[FIELD_CODE] = true,  [FIELD_PERSON] = true,
		[FIELD_PHONE] = true, [FIELD_VIN] = true,
		[FIELD_PLATE] = true, [FIELD_IDNO] = true,
		[FIELD_EMAIL] = true, [FIELD_YESNO] = false,
	};

	return kind < NELEMS(word) && word[kind];
}

static enum describe_type field_type(size_t field)
{
	return field != FIELD_NONE && is_word(field_all[field].kind) ?
		       DESCRIBE_TEXT :
		       DESCRIBE_FOUND;
}

/* The field that a person could be known by; else FIELD_NONE. */
static size_t personal(size_t field)
{
	static const char *const others[] = { "address", "wechat", "qq" };
	static const bool kind[] = {
		[FIELD_PERSON] = true, [FIELD_PHONE] = true,
		[FIELD_VIN] = true,    [FIELD_PLATE] = true,
		[FIELD_IDNO] = true,   [FIELD_EMAIL] = true,
		[FIELD_YESNO] = false,
	};

	if (field == FIELD_NONE)
		return FIELD_NONE;
	for (size_t i = 0; i < NELEMS(others); i++)
		if (field == field_of(others[i]))
			return field;
	return field_all[field].kind < NELEMS(kind) &&
			       kind[field_all[field].kind] ?
		       field :
		       FIELD_NONE;
}

/* By the canonical name, or as an export of any kind calls it. */
static size_t find_field(const struct aliases *aliases, struct text name)
{
	size_t field = field_find(name);

	for (int kind = 0; field == FIELD_NONE && kind < EXPORT_KINDS; kind++)
		field = header_match(aliases, (enum export)kind, name).field;
	return field;
}

static struct describe_settings settings_of(const struct profile_plan *p,
					    struct text name, size_t field)
{
	const struct schema_column *c =
		p->schema ? schema_column(p->schema, name) : NULL;
	struct describe_settings s = { DESCRIBE_FOUND, p->exact,
				       p->clock };

	if (!told_type(p->o, name, &s.type))
		s.type = c ? type_of(c) : field_type(field);
	return s;
}

size_t profile_personal(const struct aliases *aliases, struct text name)
{
	return personal(find_field(aliases, name));
}

void profile_know_column(const struct profile_plan *p,
			 struct profile_column *c)
{
	struct text name = text_of(c->name);
	size_t field = find_field(p->aliases, name);

	c->settings = settings_of(p, name, field);
	c->mask = p->o->raw ? FIELD_NONE : personal(field);
}

/* ---- streams ---- */

const struct schema *profile_find_schema(const struct input *in)
{
	const struct schema *best = NULL;
	size_t most = 0;

	for (size_t k = 0; k < schema_count; k++) {
		const struct schema *s = &schema_all[k];
		size_t required = 0, met = 0, known = 0;

		for (size_t i = 0; i < s->n; i++)
			required += s->column[i].required;
		for (size_t i = 0; i < input_width(in); i++) {
			const struct schema_column *c =
				schema_column(s, input_header(in, i));

			known += c != NULL;
			met += c && c->required;
		}
		if ((met == required || known == input_width(in)) &&
		    known > most) {
			best = s;
			most = known;
		}
	}
	return best;
}

const struct schema *profile_told_schema(const struct profile_options *o)
{
	const struct schema *s;

	if (!o->stream || strcmp(o->stream, "table") == 0)
		return NULL;
	s = schema_find(text_of(o->stream));
	if (!s)
		die_usage("--stream: there is no stream \"%s\"; `crmutils "
			  "streams` lists them, `table` is any table",
			  o->stream);
	return s;
}
