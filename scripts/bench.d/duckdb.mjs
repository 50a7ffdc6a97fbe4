// SPDX-License-Identifier: GPL-3.0-or-later
// The peer's answer to the same question: node duckdb.mjs QUERY IN OUT, from
// CSV (any columns, the types of those that matter given, which saves it the
// guessing) or NDJSON to CSV. DuckDB comes from npm (@duckdb/node-api); two
// threads.
import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [name, input, output] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { DuckDBInstance } = await import(
	pathToFileURL(require.resolve('@duckdb/node-api')).href);

const types = { date: 'DATE', amount: 'DECIMAL(18,2)', score: 'INTEGER',
	scale_max: 'INTEGER', at: 'TIMESTAMPTZ' };

// Score and standard error; no peer has the interval.
const nps = `count(*) as n,
	count(*) filter (score >= 9) as promoters,
	count(*) filter (score between 7 and 8) as passives,
	count(*) filter (score <= 6) as detractors,
	100 * (promoters - detractors) / n as nps,
	100 * sqrt(((promoters + detractors) / n
		- ((promoters - detractors) / n) ** 2) / n) as se`;

function firstLine(file) {
	const buffer = Buffer.alloc(65536);
	const fd = openSync(file, 'r');
	const n = readSync(fd, buffer, 0, buffer.length, 0);
	closeSync(fd);
	return buffer.toString('utf8', 0, n).split('\n', 1)[0];
}

function typed(columns) {
	return `{${columns.map((c) => `"${c}": '${types[c] ?? 'VARCHAR'}'`)}}`;
}

const first = firstLine(input);
const source = first.startsWith('{')
	? `read_json('${input}', format = 'newline_delimited',
		columns = ${typed(Object.keys(JSON.parse(first)))})`
	: `read_csv('${input}', header = true, columns =
		${typed(first.replaceAll('"', '').split(','))})`;

// The seven steps of complaints: where an event that moves the case leads, and
// from where it is allowed; the others leave it where it is while it is open.
const steps = `(values ('receive', 'received', ['']),
	('judge_valid', 'valid', ['received']),
	('judge_invalid', 'explained', ['received']),
	('assign', 'assigned', ['valid']),
	('analyse', 'analysed', ['assigned']),
	('propose', 'proposed', ['analysed']),
	('approve', 'approved', ['proposed']),
	('return', 'analysed', ['proposed']),
	('implement', 'implemented', ['approved']),
	('notify', 'notified', ['implemented']),
	('feedback', 'closed', ['notified']),
	('withdraw', 'withdrawn', null),
	('reopen', 'received', ['closed', 'explained', 'withdrawn']))
	s(event, "to", "from")`;
const closed = `('closed', 'explained', 'withdrawn')`;
// What both questions about cases end with.
const cases = `select case_id, state, opened_at,
		case when state in ${closed} then closed_at end as closed_at,
		reopened, datediff('second', opened_at, case when state in
			${closed} then closed_at else max(last_at) over () end)
			// 60 as minutes
	from c order by case_id`;

const queries = {
	// Cases of an event stream, believing every event.
	cases: `with c as (
		select e.case_id, min("at") as opened_at, max("at") as last_at,
			arg_max("to", ("at", n)) filter ("to" is not null)
				as state,
			max("at") filter ("to" in ${closed}) as closed_at,
			count(*) filter (e.event = 'reopen') as reopened
		from (select case_id, "at", event, row_number() over () as n
			from ${source}) e
		left join ${steps} using (event) group by 1)
	${cases}`,
	// The same, each event checked against the state that its case is in.
	checked: `with w as (
		select e.case_id, "at", n, e.event, "to", "from",
			coalesce(last_value("to" ignore nulls) over (
				partition by e.case_id order by n
				rows between unbounded preceding
				and 1 preceding), '') as was,
			lag("at") over (partition by e.case_id order by n)
				as last_at
		from (select case_id, "at", event, row_number() over () as n
			from ${source}) e
		left join ${steps} using (event)),
	f as (
		select *, "from" is null and was in ${closed}
			or "from" is null and was = ''
			or not list_contains("from", was)
			or "at" < last_at as bad
		from w),
	c as (
		select case_id, min("at") as opened_at, max("at") as last_at,
			arg_max("to", n) filter ("to" is not null) as state,
			max("at") filter ("to" in ${closed}) as closed_at,
			count(*) filter (event = 'reopen') as reopened
		from f where not coalesce(bad, false) group by 1)
	${cases}`,
	// Which event follows which in a case, and after how many hours.
	follows: `with w as (
		select case_id, event, lead(event) over p as next,
			epoch_us(lead("at") over p) - epoch_us("at") as wait
		from (select case_id, "at", event, row_number() over () as n
			from ${source})
		window p as (partition by case_id order by "at", n))
	select event, next, count(*) as count,
		count(distinct case_id) as cases, avg(wait) / 3.6e9 as mean,
		quantile_cont(wait, 0.5) / 3.6e9 as median,
		quantile_cont(wait, 0.9) / 3.6e9 as p90, max(wait) / 3.6e9
	from w where next is not null group by 1, 2
	order by count desc, event, next`,
	// Canonical rows, the same document line once, in the order of import.
	import: `select distinct on (store_id, txn_id, line_no, kind) *
	from ${source} order by date, store_id, txn_id, line_no`,
	tier: `with c as (
		select customer_id, sum(amount) as value, max(date) as seen,
			max(date) filter (kind <> 'refund') as last
		from ${source} group by 1),
	r as (
		select *, coalesce(last >= (select max(seen) from c)
			- interval 12 month, false) as active from c),
	a as (
		select customer_id, value,
			row_number() over w as rank,
			round(value / sum(value) over (), 6) as share,
			round(sum(value) over w / sum(value) over (), 6)
				as cum_share,
			count(*) over () as n
		from r where active
		window w as (order by value desc, customer_id))
	select customer_id, rank, value, share, cum_share,
		case when rank <= ceil(n * 0.01) then 'vip'
			when rank <= ceil(n * 0.05) then 'large'
			when rank <= ceil(n * 0.20) then 'medium'
			else 'small' end as tier
	from a
	union all
	select customer_id, null, value, null, null, 'inactive'
	from r where not active
	order by rank nulls last, customer_id`,
	mix: `with g as (
		select strftime(date, '%Y-%m') as month, kind,
			count(*) as "rows",
			count(distinct txn_id) as purchases,
			count(distinct customer_id) as customers,
			sum(amount) as amount
		from ${source} group by 1, 2)
	select *, round(amount / purchases, 2) as mean_purchase,
		round(amount / sum(amount) over (), 6) as share,
		round(sum(amount) over w / sum(amount) over (), 6)
			as cum_share,
		round(100 * amount / sum(amount) over (), 1) as share_pct
	from g window w as (order by amount desc, month, kind)
	order by amount desc, month, kind`,
	summary: `with d as (
		select customer_id, date, sum(amount) as money,
			bool_or(kind <> 'refund') as bought
		from ${source} group by 1, 2),
	f as (
		select customer_id, min(date) filter (bought) as first,
			max(date) filter (bought) as last,
			count(*) filter (bought) - 1 as frequency,
			sum(money) as total, min_by(money, date)
				filter (bought) as first_money
		from d group by 1)
	select customer_id, frequency, (last - first) / 7.0 as recency,
		((select max(date) from d) - first) / 7.0 as "T",
		case when frequency > 0
			then (total - first_money) / frequency else 0 end
			as monetary_value
	from f where first is not null order by customer_id`,
	// The answers to one question, whole scores of the scale.
	nps: `select ${nps} from ${source}
	where question = 'nps' and scale_max = 10
		and score between 0 and 10`,
	nps_groups: `select strftime(date, '%Y-%m') as period, store_id, ${nps}
	from ${source} where question = 'nps' and scale_max = 10
		and score between 0 and 10
	group by 1, 2 order by 1, 2`,
	// Of a day's answers the lowest, as crm-nps has it.
	nps_last: `with c as (
		select customer_id, arg_min(score, (-epoch_days, score)) as score
		from (select *, date - date '1970-01-01' as epoch_days
			from ${source})
		where question = 'nps' and scale_max = 10
			and score between 0 and 10
		group by 1)
	select ${nps} from c`,
};

const db = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await db.connect();
await connection.run(
	`copy (${queries[name]}) to '${output}' (header, delimiter ',')`);
