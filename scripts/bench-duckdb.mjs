// The peer's answer to the same question: node bench-duckdb.mjs QUERY IN OUT.
// DuckDB comes from npm (@duckdb/node-api); two threads, CSV to CSV.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [name, input, output] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const { DuckDBInstance } = await import(
	pathToFileURL(require.resolve('@duckdb/node-api')).href);

const source = `read_csv('${input}', header = true, columns = {
	txn_id: 'VARCHAR', line_no: 'VARCHAR', customer_id: 'VARCHAR',
	date: 'DATE', kind: 'VARCHAR', amount: 'DECIMAL(18,2)',
	product: 'VARCHAR', store_id: 'VARCHAR' })`;

const queries = {
	// Canonical rows, the same document line once, in the order of import.
	import: `select distinct on (store_id, txn_id, line_no, kind) *
	from ${source} order by date, store_id, txn_id, line_no`,
	tier: `with c as (
		select customer_id, sum(amount) as value, max(date) as last
		from ${source} group by 1),
	r as (
		select *, last >= (select max(last) from c) - interval 12 month
			as active from c),
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
};

const db = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await db.connect();
await connection.run(
	`copy (${queries[name]}) to '${output}' (header, delimiter ',')`);
