# SPDX-License-Identifier: GPL-3.0-or-later
# Holds one block of a report (JSON) against what its command prints (CSV,
# given as --arg csv). Gives "NAME: N figures", and a line for each that
# differs.

def rows: $csv | rtrimstr("\n") | split("\n") | map(split(","));
def table: rows as $r | $r[0] as $h |
	$r[1:] | map([$h, .] | transpose | map({(.[0]): .[1]}) | add);

# A cell of the report and one of the command say the same: as numbers, or as
# words, where a customer has a masked name before the id.
def same($a; $b):
	$a == null or
	(($a | type) == "number" and ($b | tonumber? // null) != null and
		(($a - ($b | tonumber)) | fabs) < 1e-6) or
	(($a | type) == "string" and
		($a == $b or ($a == "(none)" and $b == "") or
		 ($a | endswith(" · " + $b)) or
		 (($a | test("^\\d{4}-\\d\\d-\\d\\d$")) and
		  ($b | startswith($a)))));

def near($a; $b): (($a - $b) | fabs) < 1e-3;
def pct($s): ($s | tonumber) * 100;

# [what was compared, expected?]...
def cells:
	table as $t | .columns as $c | .rows | to_entries[] |
	.key as $i | .value as $row |
	(if $c[0].name == "measure" then $t[$i]
	 else [$t[] | select(same($row[0]; .[$c[0].name]))][0] end) as $line |
	$c | to_entries[] | . as $column |
	select($column.value.name != "measure" and ($line == null or
		($line | has($column.value.name)))) |
	{ what: "\($row[0]) \($column.value.name)",
	  ok: ($line != null and
	       same($row[$column.key]; $line[$column.value.name])) };

def points:
	table as $t | .chart as $c |
	if $c.kind == "bars" or $c.kind == "line" then
		$c.labels | to_entries[] | . as $l |
		([$t[] | select(.period == $l.value)][0]) as $line |
		($c.series[0].values[$l.key]) as $v |
		{ what: $l.value,
		  ok: (if $v == null then $line == null else
			near($v; ($line | .amount // .nps // .rows |
				  tonumber)) and
			($c.kind == "bars" or
			 (near($c.series[0].low[$l.key];
			       $line.ci_low | tonumber) and
			  near($c.series[0].high[$l.key];
			       $line.ci_high | tonumber)))
			end) }
	elif $c.kind == "heat" then
		$c.series[] | (.name | split(" · ")[0]) as $cohort |
		.values | to_entries[] | . as $v |
		([$t[] | select(.cohort == $cohort and
				.period == ($v.key | tostring))][0]) as $line |
		{ what: "\($cohort) \($v.key)",
		  ok: ($line != null and near($v.value; pct($line.retention))) }
	elif $c.kind == "pyramid" then
		$c.labels | to_entries[] | . as $l |
		([$t[] | select(.tier == $l.value)][0]) as $line |
		{ what: $l.value,
		  ok: (near($c.series[0].values[$l.key];
			    $line.customers | tonumber) and
		       near($c.series[1].values[$l.key];
			    pct($line.customer_share)) and
		       near($c.series[2].values[$l.key];
			    pct($line.value_share))) }
	elif $c.kind == "curve" then
		$t | to_entries[] |
		{ what: "point \(.key)",
		  ok: (near($c.series[0].x[.key];
			    pct(.value.customer_share)) and
		       near($c.series[0].values[.key];
			    pct(.value.value_share))) }
	else
		$c.labels | to_entries[] | . as $l |
		([$t[] | select((.cause // .lost_reason) == $l.value)][0])
			as $line |
		{ what: $l.value,
		  ok: ($line != null and near($c.series[0].values[$l.key];
			($line.distinct // $line.rows) | tonumber)) }
	end;

def name: if .kind == "card" then "card \(.name)" else
	"\(.kind) \(.number)" end;

name as $name |
[ if .kind == "card" then
	{ what: "value", ok: same(.value; $csv | rtrimstr("\n")) }
  elif .kind == "table" then cells
  else points end ] |
"\($name): \(length) figures",
(.[] | select(.ok | not) | "\($name): \(.what) differs")
