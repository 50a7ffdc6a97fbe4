# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Once: it takes long, and nobody on this table does the same.
people=${BENCH_PEOPLE:-1000000}
"$root/scripts/bench.d/make-people" "$people" "$work/people.csv" \
	"$work/truth.csv"
rm -f "$work/crm-link.times"
timed crm-link crm-link dedupe --id record_id --truth "$work/truth.csv" -v \
	"$work/people.csv" 2>"$work/told"
printf '\ncrm-link dedupe, %s records of people: one run\n' "$people"
awk '{ printf "%.1f s wall, %.1f s CPU, %.0f MiB\n", $1, $2, $3 / 1024 }' \
	"$work/crm-link.times"
grep -E 'pairs compared|clusters|truth' "$work/told"
