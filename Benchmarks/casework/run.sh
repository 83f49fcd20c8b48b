#!/bin/sh
# A million cases and three million events in one store: queues, decisions, the chain. CASES=100000 makes it quicker.
set -e
cd "$(dirname "$0")"
swift build -c release
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.build/release/casework-benchmark "$folder/data" "${CASES:-1000000}" "${DECISIONS:-100}"
