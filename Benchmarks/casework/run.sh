#!/bin/sh
# A million cases and three million events in one store: queues, decisions, the chain. CASES=100000 makes it quicker; FOLDER=DIR keeps the
# store there (2 GB) and takes the one that lies there.
set -e
cd "$(dirname "$0")"
swift build -c release
if [ -n "$FOLDER" ]; then
    folder=$FOLDER
    mkdir -p "$folder"
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
.build/release/casework-benchmark "$folder/data" "${CASES:-1000000}" "${DECISIONS:-100}"
