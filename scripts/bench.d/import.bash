# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# crm-import: MB (10^6 bytes of the file) for each second of CPU.

# raw FILE: repair orders as a dealer's system exports them, in UTF-8, said
# again under new numbers until the file is as big as the canonical one.
raw() {
	crm-sample --customers 20000 --seed 1 -o "$work/exports"
	iconv -f gb18030 -t utf-8 "$work/exports/维修结算单.csv" >"$work/raw.csv"
	awk -F, -v OFS=, -v want="$(stat -c %s "$data")" '
		{ line[NR] = $0; bytes += length($0) + 1 }
		END {
			for (k = 0; k * bytes < want; k++)
				for (i = 1; i <= NR; i++) {
					$0 = line[i]
					if (i > 3 && NF > 3 && k) {
						$2 = $2 k
						$3 = $3 k
					}
					if (i > 3 || !k)
						print
				}
		}' "$work/raw.csv" >"$1"
	rm -rf "$work/exports" "$work/raw.csv"
}

# import_row NAME FILE RUNS COMMAND...: one line of the table.
import_row() {
	local name=$1 file=$2 n=$3 i
	shift 3
	rm -f "$work/$name.times"
	for ((i = 0; i < n; i++)); do
		timed "$name" "$@"
	done
	awk -v name="$name" -v bytes="$(stat -L -c %s "$file")" \
		-v wall="$(median "$name" 1)" -v cpu="$(median "$name" 2)" \
		-v peak="$(median "$name" 3)" -v rows="$(wc -l <"$file")" 'BEGIN {
		printf "%-28s %8.3f %8.3f %9.1f %9.1f %9.1f\n", name, wall,
			cpu, bytes / cpu / 1e6, peak / 1024,
			peak * 1024 / rows }'
}

cut_gb() { iconv -f gb18030 -t utf-8 "$1" | csvcut -c "1-$2"; }
duckdb_gb() {
	iconv -f gb18030 -t utf-8 "$1" >"$work/utf8.csv"
	duckdb import "$work/utf8.csv"
}
export -f cut_gb duckdb_gb

contest_import() {
	local file columns
	columns=$(head -n 1 "$data" | tr ',' '\n' | wc -l)
	iconv -f utf-8 -t gb18030 "$data" >"$work/gb18030.csv"
	raw "$work/raw-utf8.csv"
	iconv -f utf-8 -t gb18030 "$work/raw-utf8.csv" >"$work/raw-gb18030.csv"
	printf '\ncrm-import: medians of %d runs (csvcut: one)\n' "$runs"
	printf '%-28s %8s %8s %9s %9s %9s\n' command 'wall s' 'cpu s' \
		'MB/cpu s' 'peak MiB' 'B/line'
	ln -s "$data" "$work/utf8-canonical.csv"
	for file in utf8-canonical gb18030 raw-utf8 raw-gb18030; do
		import_row "transactions-$file" "$work/$file.csv" "$runs" \
			crm-import transactions -j1 -t csv --rejects /dev/null \
			"$work/$file.csv"
		import_row "table-$file" "$work/$file.csv" "$runs" \
			crm-import table -j1 -t csv --rejects /dev/null \
			"$work/$file.csv"
	done
	import_row transactions-2-threads "$data" "$runs" \
		crm-import transactions -j2 -t csv "$data"
	if has_duckdb; then
		import_row duckdb-utf8 "$data" "$runs" \
			bash -c "duckdb_import $data"
		import_row iconv+duckdb-gb18030 "$work/gb18030.csv" "$runs" \
			bash -c "duckdb_gb $work/gb18030.csv"
	fi
	if command -v csvcut >/dev/null; then
		import_row iconv+csvcut-gb18030 "$work/gb18030.csv" 1 \
			bash -c "cut_gb $work/gb18030.csv $columns"
	fi
	rm -f "$work"/{gb18030,raw-utf8,raw-gb18030,utf8-canonical,utf8}.csv
}

make_data
contest_import
