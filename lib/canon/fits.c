/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits to rows and back. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "canon/fits.h"
#include "stream/input.h"
#include "stream/json_in.h"
#include "stream/json_out.h"

static const struct output_column fit_columns[] = {
	{ "model", COL_TEXT },
	{ "unit", COL_TEXT },
	{ "parameters", COL_TEXT },
	{ "standard_errors", COL_TEXT },
	{ "intervals", COL_TEXT },
	{ "loglik", COL_REAL },
	{ "customers", COL_INT },
	{ "distinct", COL_INT },
	{ "aic", COL_REAL },
	{ "bic", COL_REAL },
	{ "converged", COL_TEXT },
	{ "reason", COL_TEXT },
	{ "gradient_norm", COL_REAL },
	{ "starts", COL_INT },
	{ "agreed", COL_INT },
	{ "left_out", COL_INT },
	{ "correlation", COL_REAL },
	{ "simpler", COL_TEXT },
	{ "likelihood_ratio", COL_REAL },
	{ "ratio_p", COL_REAL },
	{ "chosen", COL_TEXT },
};

struct output *fits_open(const struct by *by, const struct common *common)
{
	return by_open(by, common, fit_columns, NELEMS(fit_columns));
}

/* {"r":0.24,"alpha":4.41} */
static void put_values(struct output *out, struct buf *json,
		       const struct fit *f, const double *value)
{
	buf_clear(json);
	for (size_t i = 0; i < f->n; i++) {
		buf_addf(json, "%s\"%s\":", i ? "," : "{", f->name[i]);
		jsonout_number(json, value[i]);
	}
	buf_addc(json, '}');
	output_json(out, buf_text(json));
}

/* {"r":[0.21,0.27]} */
static void put_intervals(struct output *out, struct buf *json,
			  const struct fit *f)
{
	buf_clear(json);
	for (size_t i = 0; i < f->n; i++) {
		buf_addf(json, "%s\"%s\":[", i ? "," : "{", f->name[i]);
		jsonout_number(json, f->low[i]);
		buf_addc(json, ',');
		jsonout_number(json, f->high[i]);
		buf_addc(json, ']');
	}
	buf_addc(json, '}');
	output_json(out, buf_text(json));
}

static void put_estimates(struct output *out, const struct fit *f)
{
	struct buf json = { 0 };

	put_values(out, &json, f, f->parameter);
	put_values(out, &json, f, f->error);
	put_intervals(out, &json, f);
	output_real(out, f->loglik);
	buf_release(&json);
}

static void put_judgement(struct output *out, const struct fit *f)
{
	struct buf reason = { 0 };

	output_str(out, fit_converged(f));
	fit_reason(f, &reason);
	output_text(out, buf_text(&reason));
	buf_release(&reason);
}

static void put_empty(struct output *out, size_t n)
{
	while (n-- > 0)
		output_empty(out);
}

/* The norm, or what it is below: the digits of a gradient that is as good as
 * none are rounding, and differ from machine to machine. */
static double gradient_bound(const struct fit *f)
{
	return f->gradient_norm > 1e-6 ? f->gradient_norm : 1e-6;
}

void fits_write(struct output *out, const struct fit *f, enum unit unit,
		const struct spenders *spenders, struct text chosen)
{
	bool none = f->state == FIT_REFUSED;

	output_str(out, f->model);
	output_str(out, spenders ? NULL : unit_name(unit));
	if (none)
		put_empty(out, 4);
	else
		put_estimates(out, f);
	output_int(out, (int64_t)f->customers);
	output_int(out, (int64_t)f->distinct);
	if (none) {
		put_empty(out, 2);
	} else {
		output_real(out, f->aic);
		output_real(out, f->bic);
	}
	put_judgement(out, f);
	if (none) {
		put_empty(out, 3);
	} else {
		output_real(out, gradient_bound(f));
		output_int(out, (int64_t)f->starts);
		output_int(out, (int64_t)f->agreed);
	}
	if (spenders) {
		output_int(out, (int64_t)spenders->left_out);
		output_real(out, spenders->correlation);
	} else {
		put_empty(out, 2);
	}
	output_str(out, f->simpler);
	output_real(out, f->simpler ? f->ratio : NAN);
	output_real(out, f->simpler ? f->ratio_p : NAN);
	output_text(out, chosen);
	output_end(out);
}

struct scorer_models fits_models(const struct lifetime_model *model,
				 const struct fit *fit,
				 const struct fit *spend)
{
	struct scorer_models m = { .model = model };

	memcpy(m.parameter, fit->parameter, sizeof(m.parameter));
	if (spend) {
		m.has_spend = true;
		memcpy(m.spend, spend->parameter, sizeof(m.spend));
	}
	return m;
}

/* ---- reading ---- */

enum { MODEL, UNIT, COLUMNS };

static const char *const gamgam_names[] = { "p", "q", "gamma" };

/* The value of one name in {"r":0.24,...}: a positive number. */
static double parameter(struct text object, const char *name, const char *file)
{
	struct jsonin *json = jsonin_new();
	const struct json_value *value;
	struct json_fault fault;
	double v = NAN;

	jsonin_add_key(json, text_of(name));
	if (!jsonin_parse(json, object, true, &value, &fault))
		die("%s: \"parameters\" is not a JSON object", file);
	if (value[0].kind != JSON_NUMBER || !number_real(value[0].text, &v) ||
	    !(v > 0))
		die("%s: \"parameters\" holds no positive number \"%s\"", file,
		    name);
	jsonin_free(json);
	return v;
}

static struct text parameters_of(const struct input *in, const char *file)
{
	for (size_t i = 0; i < input_width(in); i++)
		if (text_is(input_header(in, i), "parameters"))
			return input_raw_cell(in, i);
	die("%s: no \"parameters\": not what crm-clv fit writes", file);
}

static void read_row(struct fits *fits, const struct input *in,
		     const struct cell *c, const char *file)
{
	struct scorer_models *m = &fits->models;
	const struct lifetime_model *model = lifetime_find(c[MODEL].text);
	bool spend = text_is(c[MODEL].text, "gg");
	struct text object = parameters_of(in, file);
	int unit;

	if (!model && !spend)
		die("%s: a model that is not known here", file);
	if (spend ? m->has_spend : m->model != NULL)
		die("%s: two models of %s", file,
		    spend ? "spend" : "repeat buying");
	if (spend) {
		m->has_spend = true;
		for (size_t i = 0; i < NELEMS(gamgam_names); i++)
			m->spend[i] = parameter(object, gamgam_names[i], file);
		return;
	}
	m->model = model;
	for (size_t i = 0; i < model->n; i++)
		m->parameter[i] = parameter(object, model->parameter[i], file);
	unit = opt_choice(UNIT_WORDS, c[UNIT].text);
	if (unit < 0)
		die("%s: \"unit\" is not one of " UNIT_WORDS, file);
	fits->unit = (enum unit)unit;
}

struct fits fits_read(const char *file)
{
	static const struct input_column columns[COLUMNS] = {
		[MODEL] = { "model", COL_TEXT, INPUT_FILLED },
		[UNIT] = { "unit", COL_TEXT, INPUT_OPTIONAL },
	};
	struct fits fits = { 0 };
	char *name = mem_strdup(file);
	struct common plain;
	struct row row;

	common_init(&plain);
	struct input *in = input_open(&plain, NULL, columns, COLUMNS, &name, 1);

	while (input_next(in, &row))
		read_row(&fits, in, row.cell, file);
	input_close(in, 0);
	if (!fits.models.model)
		die("%s: no model of repeat buying in it", file);
	free(name);
	return fits;
}
