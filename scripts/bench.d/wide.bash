# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# A warehouse's wide table: the stream's 23 columns and 42 that nobody asks
# for, of which the commands read five. A fifth of the rows.

# widen: columns x01 to x42, short and long, numbers and words, after those
# of standard input.
widen() {
	awk -F, -v OFS=, 'BEGIN {
			for (i = 1; i <= 42; i++) {
				head = head sprintf(",x%02d", i)
				tail[0] = tail[0] (i % 3 ? ",12.50" : ",")
				tail[1] = tail[1] (i % 2 ? ",1" : ",A0001")
				tail[2] = tail[2] (i % 7 ? ",0" : ",no remark")
			}
		}
		{ print $0 (NR == 1 ? head : tail[NR % 3]) }'
}

wide=$work/wide.csv
if has_room "$((rows * 84 >> 20))" wide; then
	crm-sample --transactions "$((rows / 5))" --customers \
		"$((rows / 50))" --seed 1 --wide -o - | widen >"$wide"
	describe "$((rows / 5))" "$wide"
	three_questions "65 columns" "$wide"
	rm -f "$wide"
fi
