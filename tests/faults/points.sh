#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Many tills at one ledger: every redeem that was acknowledged is there once,
# and together they never take more than there was.
#
#	tests/faults/points.sh BINDIR [TILLS]
# shellcheck source=tests/faults/common.bash
. "$(dirname "$0")/common.bash"
tills=${2:-16} each=20 had=100

entry() {
	printf '%s\n' entry_id,customer_id,at,entry,points "$1"
}

entry "E,C,2025-01-01,earn,$had" | crm-loyalty points append points.log \
	>/dev/null
for ((t = 0; t < tills; t++)); do
	for ((i = 0; i < each; i++)); do
		entry "T$t-$i,C,2025-01-02,redeem,3" |
			crm-loyalty points append points.log
	done >"acks.$t" 2>"errors.$t" &
done
wait

acked=$(cat acks.* | grep -c '^T')
is 'as many redeems as there were points for' "$acked" $((had / 3))
is 'the others are told why' \
	"$(cat errors.* | grep -c too-few-points)" $((tills * each - acked))
is 'nothing else is complained of' \
	"$(cat errors.* | grep -vc too-few-points)" 0
is 'the balance is what is left' \
	"$(crm-loyalty points balances points.log --get balance)" $((had % 3))
is 'each acknowledged redeem is there once' \
	"$(grep -c '"redeem"' points.log)" "$acked"
finish
