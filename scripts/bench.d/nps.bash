# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Answers of a survey: the score of all, by month and store, and with the last
# answer of each customer only. The peer has no interval to reckon.

# answers ROWS: one in ten of another question, a tenth as many customers.
answers() {
	awk -v n="$1" 'BEGIN {
		srand(1)
		print "response_id,customer_id,date,touchpoint,question," \
			"score,scale_max,store_id"
		split("service sales parts complaint image", touchpoint, " ")
		for (i = 0; i < n; i++) {
			nps = rand() < 0.9
			s = int(rand() * 16)
			printf "R%08d,C%07d,20%02d-%02d-%02d,%s,%s,%d,%d,S%02d\n",
				i, rand() * n / 10, 23 + rand() * 3,
				1 + rand() * 12, 1 + rand() * 28,
				touchpoint[int(1 + rand() * 5)],
				nps ? "nps" : "overall",
				nps ? (s > 10 ? 9 + s % 2 : s) : 1 + s % 5,
				nps ? 10 : 5, 1 + rand() * 60
		}
	}'
}

rows_of_answers=${BENCH_ANSWERS:-10000000}
if has_room $((rows_of_answers / 10000)) 'nps'; then
	answers "$rows_of_answers" >"$work/answers.csv"
	describe "$rows_of_answers" "$work/answers.csv"
	find_peers duckdb_nps
	contest 'crm-nps' "$runs" "$work/answers.csv" \
		crm-nps -t csv -- "${peers[@]}"
	find_peers duckdb_nps_groups
	contest 'crm-nps by month and store' "$runs" "$work/answers.csv" \
		crm-nps --trend month --by store_id -t csv -- "${peers[@]}"
	find_peers duckdb_nps_last
	contest 'crm-nps, the last answer of each customer' "$runs" \
		"$work/answers.csv" crm-nps --duplicates last -t csv -- \
		"${peers[@]}"
	rm "$work/answers.csv"
fi

# Not a time: what the intervals cover, exactly, over populations in steps of
# 1 % (tests/unit/test_nps.c).
printf '\ncrm-nps, coverage of the 95 %% interval\n'
make -s -C "$root" "${build#"$root"/}/tests/test_nps"
COVERAGE=${BENCH_COVERAGE:-100} "$build/tests/test_nps" || true
