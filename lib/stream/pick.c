/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions on cells. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "stream/pick.h"

struct op {
	const char *sign;
	enum pick_op op;
};

/* Longer signs first: "<=" begins with "<". */
static const struct op ops[] = {
	{ "!=", PICK_NE }, { "<=", PICK_LE }, { ">=", PICK_GE },
	{ "=", PICK_EQ },  { "<", PICK_LT },  { ">", PICK_GT },
};

static const struct op *find_op(const char *text, size_t *at)
{
	*at = strcspn(text, "!<>=");
	for (size_t i = 0; i < NELEMS(ops); i++)
		if (strncmp(text + *at, ops[i].sign, strlen(ops[i].sign)) == 0)
			return &ops[i];
	return NULL;
}

/* Without a schema the value tells what is meant. */
static enum col_type guess(struct text value)
{
	struct cell c;

	if (day_parse(value, &c.day))
		return COL_DAY;
	if (number_real(value, &c.real))
		return COL_REAL;
	return COL_TEXT;
}

struct condition pick_parse(const char *option, const char *text,
			    const struct schema *schema)
{
	struct condition c = { 0 };
	const struct schema_column *known = NULL;
	size_t at;
	const struct op *op = find_op(text, &at);
	struct text value;

	if (!op || at == 0)
		die_usage("%s: \"%s\" is not COL=VALUE (or != < <= > >=)",
			  option, text);
	c.column = (struct text){ text, at };
	c.op = op->op;
	value = text_of(text + at + strlen(op->sign));
	if (!value.n && op->op != PICK_EQ && op->op != PICK_NE)
		die_usage("%s: \"%s\" compares with nothing", option, text);
	if (schema)
		known = schema_column(schema, c.column);
	if (known)
		c.type = known->type;
	else if (c.op != PICK_EQ && c.op != PICK_NE)
		c.type = guess(value);
	if (!schema_is_ordered(c.type))
		c.type = COL_TEXT;
	/* An instant is compared by its day when a bare day is asked for. */
	if (c.type == COL_INSTANT && value.n == DAY_BYTES)
		c.type = COL_DAY;
	if (!cell_parse(value, c.type, 0, &c.value))
		die_usage("%s: \"%s\" is not a value of column %.*s", option,
			  value.p, (int)at, text);
	return c;
}

static int order(const struct condition *c, const struct cell *a)
{
	const struct cell *b = &c->value;

	switch (c->type) {
	case COL_DAY:
		return (a->day > b->day) - (a->day < b->day);
	case COL_INSTANT:
		return (a->us > b->us) - (a->us < b->us);
	case COL_MONEY:
		return (a->fen > b->fen) - (a->fen < b->fen);
	case COL_INT:
		return (a->whole > b->whole) - (a->whole < b->whole);
	case COL_REAL:
	case COL_SHARE:
	case COL_FIXED4:
		return (a->real > b->real) - (a->real < b->real);
	case COL_TEXT:
		break;
	}
	return text_cmp(a->text, b->text);
}

bool pick_holds(const struct condition *c, const struct cell *cell)
{
	int o;

	if (!cell->known || !c->value.known)
		return (cell->known == c->value.known) == (c->op == PICK_EQ) &&
		       (c->op == PICK_EQ || c->op == PICK_NE);
	o = order(c, cell);
	switch (c->op) {
	case PICK_EQ:
		return o == 0;
	case PICK_NE:
		return o != 0;
	case PICK_LT:
		return o < 0;
	case PICK_LE:
		return o <= 0;
	case PICK_GT:
		return o > 0;
	case PICK_GE:
		break;
	}
	return o >= 0;
}
