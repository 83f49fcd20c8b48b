#!/usr/bin/env bash
# Builds the fuzzer over the readers: libFuzzer of the Swift toolchain, with AddressSanitizer unless MINSHENG_FUZZ_FAST is set.
#   Fuzz/build.sh [folder]                  default .build/fuzz
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-.build/fuzz}
sanitize=fuzzer
[ -n "${MINSHENG_FUZZ_FAST:-}" ] || sanitize=fuzzer,address
mkdir -p "$out"
for room in CArchive CMail CScan; do
    printf 'module %s { header "%s" export * }\n' $room "$PWD/Sources/$room/include/$room.h"
done >"$out/rooms.modulemap"
flags=(-O -wmo -parse-as-library -swift-version 6 -package-name minsheng -sanitize="$sanitize" -I "$out"
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility -enforce-exclusivity=unchecked
    -Xcc "-fmodule-map-file=$out/rooms.modulemap" -Xcc "-fmodule-map-file=$PWD/Sources/CExpat/module.modulemap")
clang=$(dirname "$(readlink -f "$(command -v swiftc)")")/clang
for room in CArchive CMail CScan; do
    "$clang" -O1 -g -fsanitize="${sanitize/fuzzer/fuzzer-no-link}" -ISources/$room/include $(pkg-config --cflags gmime-3.0) \
        -c Sources/$room/$room.c -o "$out/$room.o"
done
module() { # name, sources
    local name=$1
    shift
    swiftc "${flags[@]}" -module-name "$name" -emit-module -emit-module-path "$out/$name.swiftmodule" -c "$@" -o "$out/$name.o"
}
module Messages Sources/Messages/*.swift
module ChatExports $(find Sources/ChatExports/ -name '*.swift')
module FuzzReaders Fuzz/FuzzReaders.swift
swiftc -sanitize="$sanitize" "$out"/{FuzzReaders,ChatExports,Messages,CArchive,CMail,CScan}.o -larchive -lexpat $(pkg-config --libs gmime-3.0) -o "$out/fuzz-readers"
