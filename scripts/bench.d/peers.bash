# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# The same questions asked of other tools, as their manuals would have it.
# Each function reads the file of its argument and prints CSV. Those that
# answer less than ours are named for what they do.

floor() {
	# shellcheck disable=SC2002 # the pipe is what is measured
	cat "$1" | wc -l
}

# ---- DuckDB, two threads ----

duckdb() {
	(cd "$node_folder" && exec node "$root/scripts/bench.d/duckdb.mjs" \
		"$1" "$2" "$work/duckdb.csv")
}
duckdb_tier() { duckdb tier "$1"; }
duckdb_mix() { duckdb mix "$1"; }
duckdb_summary() { duckdb summary "$1"; }
duckdb_nps() { duckdb nps "$1"; }
duckdb_nps_groups() { duckdb nps_groups "$1"; }
duckdb_nps_last() { duckdb nps_last "$1"; }
duckdb_import() { duckdb import "$1"; }
duckdb_cases() { duckdb cases "$1"; }
duckdb_checked() { duckdb checked "$1"; }
duckdb_follows() { duckdb follows "$1"; }

# ---- R data.table, two threads ----

r_table() {
	Rscript --vanilla "$root/scripts/bench.d/data-table.R" "$1" "$2" \
		"$work/r.csv"
}
r_tier() { r_table tier "$1"; }
r_mix() { r_table mix "$1"; }
r_summary() { r_table summary "$1"; }

# ---- Miller ----

mlr_tier_sum() {
	mlr --icsv --ocsv stats1 -a sum -f amount -g customer_id \
		"then" sort -nr amount_sum "$1"
}
# One line of statistics for each group; the distinct counts from counts of
# counts.
mlr_mix() {
	# shellcheck disable=SC2016 # Miller's own variables
	mlr --icsv --ocsv put -q '
		m = $date[1:7];
		@amount[m][$kind] += $amount;
		@rows[m][$kind] += 1;
		@customers[m][$kind][$customer_id] = 1;
		@bills[m][$kind][$txn_id] = 1;
		end {
			for ((m, k), n in @rows) {
				emit1 {"month": m, "kind": k, "rows": n,
					"bills": length(@bills[m][k]),
					"customers": length(@customers[m][k]),
					"amount": @amount[m][k]}
			}
		}' "$1"
}

# ---- datamash and sort ----

datamash_tier_sum() {
	datamash -t, --header-in -s -g 3 sum 6 <"$1" | sort -t, -k2,2nr
}
datamash_mix() {
	sed 's/,\(....-..\)-..,/,\1,/' "$1" |
		datamash -t, --header-in -s -g 4,5 count 1 countunique 1 \
			countunique 3 sum 6
}
datamash_purchase_dates() {
	datamash -t, --header-in -s -g 3 countunique 4 sum 6 <"$1"
}

# ---- mawk ----

mawk_tier_sum() {
	mawk -F, 'NR > 1 { v[$3] += $6 }
		END { for (c in v) printf "%s,%.2f\n", c, v[c] }' "$1" |
		sort -t, -k2,2nr
}
mawk_mix() {
	mawk -F, 'NR > 1 {
			g = substr($4, 1, 7) "," $5
			rows[g]++
			amount[g] += $6
			if (!((g, $1) in bill)) {
				bill[g, $1]
				bills[g]++
			}
			if (!((g, $3) in customer)) {
				customer[g, $3]
				customers[g]++
			}
		}
		END {
			for (g in rows)
				printf "%s,%d,%d,%d,%.2f\n", g, rows[g],
					bills[g], customers[g], amount[g]
		}' "$1" | sort
}

# ---- csvkit: it groups by way of SQLite, which takes minutes; so no more
# than the two columns of a question ----

csvcut_two_columns() { csvcut -c customer_id,amount "$1"; }

# Of the named functions those whose tool is there, into the array peers; the
# missing tools are told once.
declare -A missing=()
find_peers() {
	local name tool
	peers=()
	for name; do
		tool=${name%%_*}
		case $tool in
		r) has_r || tool='' ;;
		duckdb) has_duckdb || tool='' ;;
		*) command -v "$tool" >/dev/null || tool='' ;;
		esac
		if [ "$tool" ]; then
			peers+=("$name")
		elif [ -z "${missing[${name%%_*}]-}" ]; then
			missing[${name%%_*}]=told
			echo "left out, not there: ${name%%_*}"
		fi
	done
}
has_r() {
	Rscript --vanilla -e 'library(data.table)' >/dev/null 2>&1
}
has_duckdb() {
	(cd "$node_folder" && command -v node &&
		node -e 'require.resolve("@duckdb/node-api")') >/dev/null 2>&1
}

export -f floor duckdb duckdb_tier duckdb_mix duckdb_summary duckdb_import \
	duckdb_nps duckdb_nps_groups duckdb_nps_last \
	duckdb_cases duckdb_checked duckdb_follows \
	r_table r_tier r_mix r_summary mlr_tier_sum mlr_mix datamash_tier_sum \
	datamash_mix datamash_purchase_dates mawk_tier_sum mawk_mix \
	csvcut_two_columns
