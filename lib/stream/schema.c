/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The canonical streams, as data. A list of words is given only where it is
 * closed: a stream may hold other kinds of sale or touchpoints than those
 * that the meaning names, so those columns take any text.
 */
#include "stream/schema.h"

#include "base/mem.h"

static const struct schema_column customers[] = {
	{ "customer_id", COL_TEXT, true, "who; an opaque id", NULL },
	{ "id_kind", COL_TEXT, false,
	  "what the id was made from: document, mobile, vin, record", NULL },
	{ "name", COL_TEXT, false, "name of the person or firm", NULL },
	{ "phone", COL_TEXT, false, "canonical mobile or landline", NULL },
	{ "phone_alt", COL_TEXT, false, "a second phone", NULL },
	{ "gender", COL_TEXT, false, "F or M", "F|M" },
	{ "birth_date", COL_DAY, false, "day of birth", NULL },
	{ "id_no", COL_TEXT, false, "number of the identity document", NULL },
	{ "party_type", COL_TEXT, false,
	  "person, organisation, dealer, supplier, agency, end-user, public, "
	  "competitor, employee, ...", NULL },
	{ "account_id", COL_TEXT, false,
	  "the firm that the person acts for", NULL },
	{ "account_role", COL_TEXT, false,
	  "the person's part in the firm's decisions",
	  "decision-maker|controller|operator|gatekeeper" },
	{ "email", COL_TEXT, false, "electronic mail address", NULL },
	{ "wechat", COL_TEXT, false, "WeChat id", NULL },
	{ "qq", COL_TEXT, false, "QQ number", NULL },
	{ "nationality", COL_TEXT, false, "nationality", NULL },
	{ "education", COL_TEXT, false, "highest education", NULL },
	{ "occupation", COL_TEXT, false, "occupation", NULL },
	{ "post", COL_TEXT, false, "post held at the employer", NULL },
	{ "employer", COL_TEXT, false, "employer", NULL },
	{ "province", COL_TEXT, false, "province", NULL },
	{ "city", COL_TEXT, false, "city", NULL },
	{ "district", COL_TEXT, false, "district or county", NULL },
	{ "address", COL_TEXT, false, "street and house", NULL },
	{ "household_id", COL_TEXT, false,
	  "the household that the person lives in", NULL },
	{ "source", COL_TEXT, false, "where the customer came from", NULL },
	{ "source_code", COL_TEXT, false,
	  "the customer's number in the source", NULL },
	{ "source_file", COL_TEXT, false,
	  "the export that the row was read from", NULL },
	{ "created_on", COL_DAY, false, "day the record was made", NULL },
	{ "owner_staff_id", COL_TEXT, false,
	  "who looks after the customer", NULL },
	{ "store_id", COL_TEXT, false, "home store", NULL },
	{ "region", COL_TEXT, false, "sales region", NULL },
	{ "consent", COL_TEXT, false,
	  "what the customer agreed to be contacted for", NULL },
	{ "credit_rating", COL_TEXT, false, "credit rating", NULL },
	{ "payment_method", COL_TEXT, false, "usual way of paying", NULL },
	{ "potential", COL_TEXT, false, "potential, as rated", NULL },
	{ "bargaining", COL_TEXT, false, "bargaining power, as rated", NULL },
	{ "cooperation", COL_TEXT, false,
	  "willingness to cooperate, as rated", NULL },
	{ "lost_cause", COL_TEXT, false,
	  "why the customer was lost", NULL },
	{ "tags", COL_TEXT, false, "free labels", NULL },
};

static const struct schema_column vehicles[] = {
	{ "vin", COL_TEXT, true, "vehicle identification number", NULL },
	{ "customer_id", COL_TEXT, false, "who keeps the vehicle", NULL },
	{ "plate_no", COL_TEXT, false, "number plate", NULL },
	{ "brand", COL_TEXT, false, "brand", NULL },
	{ "series", COL_TEXT, false, "series", NULL },
	{ "model", COL_TEXT, false, "model", NULL },
	{ "energy", COL_TEXT, false,
	  "what drives it: petrol, diesel, electric, hybrid, ...", NULL },
	{ "purchased_on", COL_DAY, false, "day of purchase", NULL },
	{ "registered_on", COL_DAY, false, "day of registration", NULL },
	{ "price", COL_MONEY, false, "price paid", NULL },
	{ "mileage_km", COL_REAL, false, "last known mileage", NULL },
	{ "warranty_until", COL_DAY, false, "last day of warranty", NULL },
	{ "insurance_until", COL_DAY, false, "last day of insurance", NULL },
	{ "store_id", COL_TEXT, false, "store that sold it", NULL },
};

static const struct schema_column transactions[] = {
	{ "txn_id", COL_TEXT, true, "the document; shared by its lines", NULL },
	{ "line_no", COL_TEXT, false, "line within the document", NULL },
	{ "customer_id", COL_TEXT, true, "who paid", NULL },
	{ "date", COL_DAY, true, "day of the deal", NULL },
	{ "kind", COL_TEXT, true,
	  "sale, service, parts, insurance, finance, accessory, ...", NULL },
	{ "amount", COL_MONEY, true, "paid; refunds are negative", NULL },
	{ "cost", COL_MONEY, false, "what it cost the dealer", NULL },
	{ "discount", COL_MONEY, false, "given off the list price", NULL },
	{ "quantity", COL_REAL, false, "pieces or hours", NULL },
	{ "product", COL_TEXT, false, "what was sold", NULL },
	{ "category", COL_TEXT, false, "class of the product", NULL },
	{ "vin", COL_TEXT, false, "the vehicle concerned", NULL },
	{ "mileage_km", COL_REAL, false, "mileage at the visit", NULL },
	{ "store_id", COL_TEXT, false, "store", NULL },
	{ "department", COL_TEXT, false, "department", NULL },
	{ "staff_id", COL_TEXT, false, "who sold or served", NULL },
	{ "region", COL_TEXT, false, "sales region", NULL },
	{ "channel", COL_TEXT, false, "way of selling", NULL },
	{ "growth_source", COL_TEXT, false,
	  "source of growth: new-product, new-market, sales-force, ...", NULL },
	{ "competitor", COL_TEXT, false,
	  "yes: bought elsewhere, none of the own income", "yes|no" },
	{ "due_on", COL_DAY, false, "day on which payment is due", NULL },
	{ "paid_on", COL_DAY, false, "day of payment", NULL },
	{ "time", COL_TEXT, false, "time of day, HH:MM[:SS]", NULL },
};

static const struct schema_column surveys[] = {
	{ "response_id", COL_TEXT, true, "one filled-in form", NULL },
	{ "customer_id", COL_TEXT, false, "who answered", NULL },
	{ "date", COL_DAY, true, "day of the answer", NULL },
	{ "touchpoint", COL_TEXT, false,
	  "sales, service, parts, complaint, image, ...", NULL },
	{ "question", COL_TEXT, true, "the question's id", NULL },
	{ "score", COL_REAL, true, "the answer on its scale", NULL },
	{ "scale_max", COL_REAL, false, "highest score of the scale", NULL },
	{ "expected", COL_REAL, false,
	  "what was expected, on the same scale", NULL },
	{ "weight", COL_REAL, false, "weight of the answer", NULL },
	{ "comment", COL_TEXT, false, "in the customer's words", NULL },
	{ "moment_at", COL_INSTANT, false,
	  "when the moment that is judged took place", NULL },
	{ "promise_kept", COL_TEXT, false,
	  "was the promise kept: yes or no", NULL },
	{ "store_id", COL_TEXT, false, "store", NULL },
	{ "department", COL_TEXT, false, "department judged", NULL },
	{ "rater_department", COL_TEXT, false,
	  "department that judges, in internal surveys", NULL },
	{ "staff_id", COL_TEXT, false, "who is judged", NULL },
	{ "vin", COL_TEXT, false, "the vehicle concerned", NULL },
};

static const struct schema_column invitations[] = {
	{ "invitation_id", COL_TEXT, true, "one invitation", NULL },
	{ "customer_id", COL_TEXT, false, "who was invited", NULL },
	{ "date", COL_DAY, true, "day of the invitation", NULL },
	{ "touchpoint", COL_TEXT, false,
	  "sales, service, parts, complaint, image, ...", NULL },
	{ "response_id", COL_TEXT, false, "the answer, if any", NULL },
};

static const struct schema_column complaints[] = {
	{ "case_id", COL_TEXT, true, "the case", NULL },
	{ "at", COL_INSTANT, true, "when it happened", NULL },
	{ "event", COL_TEXT, true, "what happened, in workflow words", NULL },
	{ "actor", COL_TEXT, true, "who did it", NULL },
	{ "role", COL_TEXT, false, "in which role", NULL },
	{ "customer_id", COL_TEXT, false, "who complained", NULL },
	{ "vin", COL_TEXT, false, "the vehicle concerned", NULL },
	{ "txn_id", COL_TEXT, false, "the deal concerned", NULL },
	{ "store_id", COL_TEXT, false, "store", NULL },
	{ "department", COL_TEXT, false, "department concerned", NULL },
	{ "channel", COL_TEXT, false, "phone, store, web, ...", NULL },
	{ "object", COL_TEXT, false, "what is complained of", NULL },
	{ "content", COL_TEXT, false, "the complaint in words", NULL },
	{ "demand", COL_TEXT, false, "what the customer asks for", NULL },
	{ "category", COL_TEXT, false, "class of the complaint", NULL },
	{ "subcode", COL_TEXT, false, "code within the class", NULL },
	{ "cause", COL_TEXT, false, "cause found", NULL },
	{ "severity", COL_TEXT, false, "how grave", NULL },
	{ "scene", COL_TEXT, false, "where it came up", NULL },
	{ "complainant_type", COL_TEXT, false, "kind of complainant", NULL },
	{ "owner", COL_TEXT, false, "who is in charge", NULL },
	{ "due", COL_INSTANT, false, "when it must be settled", NULL },
	{ "solution", COL_TEXT, false, "what was proposed or done", NULL },
	{ "amount", COL_MONEY, false, "what it cost", NULL },
	{ "note", COL_TEXT, false, "remark", NULL },
};

static const struct schema_column actions[] = {
	{ "action_id", COL_TEXT, true, "the improvement action", NULL },
	{ "at", COL_INSTANT, true, "when the entry was made", NULL },
	{ "entry", COL_TEXT, false, "open, plan, track, done, evaluate, ...",
	  NULL },
	{ "issue", COL_TEXT, false, "what is to be mended", NULL },
	{ "owner", COL_TEXT, false, "who is in charge", NULL },
	{ "due", COL_INSTANT, false, "when it must be done", NULL },
	{ "effect_measure", COL_TEXT, false,
	  "the figure that shows the effect", NULL },
	{ "before", COL_REAL, false, "the figure before", NULL },
	{ "after", COL_REAL, false, "the figure after", NULL },
	{ "note", COL_TEXT, false, "remark", NULL },
	{ "measure", COL_TEXT, false, "what is to be done about it", NULL },
	{ "target", COL_REAL, false, "the figure aimed at", NULL },
	{ "actor", COL_TEXT, false, "who made the entry", NULL },
};

static const struct schema_column leads[] = {
	{ "lead_id", COL_TEXT, true, "the lead", NULL },
	{ "name", COL_TEXT, false, "name of the person or firm", NULL },
	{ "phone", COL_TEXT, false, "canonical mobile or landline", NULL },
	{ "source", COL_TEXT, false, "where the lead came from", NULL },
	{ "created_on", COL_DAY, true, "day the lead came in", NULL },
	{ "stage", COL_TEXT, false, "how far it has come", NULL },
	{ "money", COL_TEXT, false, "can pay", "yes|no|unknown" },
	{ "authority", COL_TEXT, false, "may decide", "yes|no|unknown" },
	{ "need", COL_TEXT, false, "wants it", "yes|no|unknown" },
	{ "model", COL_TEXT, false, "vehicle asked for", NULL },
	{ "budget", COL_MONEY, false, "what may be spent", NULL },
	{ "owner_staff_id", COL_TEXT, false, "who works on it", NULL },
	{ "store_id", COL_TEXT, false, "store", NULL },
	{ "next_contact_on", COL_DAY, false, "day of the next contact", NULL },
	{ "closed_on", COL_DAY, false, "day of the outcome", NULL },
	{ "outcome", COL_TEXT, false, "won, lost, ...", NULL },
	{ "lost_reason", COL_TEXT, false, "why it was lost", NULL },
	{ "referred_by", COL_TEXT, false,
	  "customer_id of who referred the lead", NULL },
	{ "customer_id", COL_TEXT, false, "the customer it became", NULL },
};

static const struct schema_column contacts[] = {
	{ "contact_id", COL_TEXT, true, "one contact", NULL },
	{ "at", COL_INSTANT, true, "when", NULL },
	{ "customer_id", COL_TEXT, false, "with which customer", NULL },
	{ "lead_id", COL_TEXT, false, "with which lead", NULL },
	{ "channel", COL_TEXT, false, "phone, visit, message, ...", NULL },
	{ "direction", COL_TEXT, false, "who began it", "in|out" },
	{ "purpose", COL_TEXT, false, "what for", NULL },
	{ "outcome", COL_TEXT, false, "what came of it", NULL },
	{ "signal", COL_TEXT, false, "sign of interest or risk", NULL },
	{ "minutes", COL_REAL, false, "how long it took", NULL },
	{ "staff_id", COL_TEXT, false, "who of the staff", NULL },
};

static const struct schema_column campaigns[] = {
	{ "campaign_id", COL_TEXT, true, "the campaign", NULL },
	{ "name", COL_TEXT, false, "name", NULL },
	{ "goal", COL_TEXT, false, "the figure that it is to move", NULL },
	{ "goal_value", COL_REAL, false, "where to", NULL },
	{ "budget", COL_MONEY, false, "what may be spent", NULL },
	{ "spent", COL_MONEY, false, "what was spent", NULL },
	{ "start_on", COL_DAY, false, "first day", NULL },
	{ "end_on", COL_DAY, false, "last day", NULL },
	{ "channel", COL_TEXT, false, "way of reaching people", NULL },
};

static const struct schema_column members[] = {
	{ "campaign_id", COL_TEXT, true, "the campaign", NULL },
	{ "customer_id", COL_TEXT, true, "who was chosen for it", NULL },
	{ "arm", COL_TEXT, false, "contacted, or held out to compare",
	  "treatment|control" },
	{ "contacted_on", COL_DAY, false, "day of the contact", NULL },
	{ "responded_on", COL_DAY, false, "day of the response", NULL },
};

static const struct schema_column spend[] = {
	{ "month", COL_TEXT, true, "YYYY-MM", NULL },
	{ "purpose", COL_TEXT, false, "acquisition, retention, ...", NULL },
	{ "amount", COL_MONEY, true, "what was spent", NULL },
	{ "store_id", COL_TEXT, false, "store", NULL },
};

static const struct schema_column staff[] = {
	{ "staff_id", COL_TEXT, true, "the member of staff", NULL },
	{ "name", COL_TEXT, false, "name", NULL },
	{ "department", COL_TEXT, false, "department", NULL },
	{ "store_id", COL_TEXT, false, "store", NULL },
	{ "role", COL_TEXT, false, "what the person does", NULL },
	{ "hired_on", COL_DAY, false, "first day of work", NULL },
};

static const struct schema_column points[] = {
	{ "entry_id", COL_TEXT, true, "the ledger entry", NULL },
	{ "customer_id", COL_TEXT, true, "whose points", NULL },
	{ "at", COL_INSTANT, true, "when", NULL },
	{ "entry", COL_TEXT, false, "what kind of entry",
	  "earn|redeem|expire|reverse" },
	{ "points", COL_INT, true, "how many", NULL },
	{ "expires_on", COL_DAY, false, "last day they are good for", NULL },
	{ "ref", COL_TEXT, false, "the deal or entry referred to", NULL },
};

#define COLUMNS(name) name, NELEMS(name)

const struct schema schema_all[] = {
	{ "customers", "a person or firm", "created_on", COLUMNS(customers),
	  true },
	{ "vehicles", "a vehicle", "purchased_on", COLUMNS(vehicles), true },
	{ "transactions", "a line of a sale, service or other deal", "date",
	  COLUMNS(transactions), true },
	{ "surveys", "an answer to one question", "date", COLUMNS(surveys),
	  true },
	{ "invitations", "an invitation to answer a survey", "date",
	  COLUMNS(invitations), false },
	{ "complaints", "an event of a complaint case", "at",
	  COLUMNS(complaints), true },
	{ "actions", "an entry about an improvement action", "at",
	  COLUMNS(actions), false },
	{ "leads", "a possible customer", "created_on", COLUMNS(leads), true },
	{ "contacts", "a talk with a customer or lead", "at",
	  COLUMNS(contacts), false },
	{ "campaigns", "a campaign", "start_on", COLUMNS(campaigns), false },
	{ "members", "a customer chosen for a campaign", "contacted_on",
	  COLUMNS(members), false },
	{ "spend", "money spent on customers in a month", NULL,
	  COLUMNS(spend), false },
	{ "staff", "a member of staff", "hired_on", COLUMNS(staff), false },
	{ "points", "an entry of the points ledger", "at", COLUMNS(points),
	  false },
};

const size_t schema_count = NELEMS(schema_all);

const struct schema *schema_find(struct text name)
{
	for (size_t i = 0; i < schema_count; i++)
		if (text_is(name, schema_all[i].name))
			return &schema_all[i];
	return NULL;
}

const struct schema_column *schema_column(const struct schema *schema,
					  struct text name)
{
	for (size_t i = 0; i < schema->n; i++)
		if (text_is(name, schema->column[i].name))
			return &schema->column[i];
	return NULL;
}

const char *schema_type_name(enum col_type type)
{
	static const char *const name[] = {
		[COL_TEXT] = "text",	   [COL_DAY] = "date",
		[COL_INSTANT] = "instant", [COL_MONEY] = "money",
		[COL_INT] = "integer",	   [COL_REAL] = "number",
		[COL_SHARE] = "share",	   [COL_FIXED4] = "score",
	};

	return name[type];
}

bool schema_is_ordered(enum col_type type)
{
	return type != COL_TEXT;
}
