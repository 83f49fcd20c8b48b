#!/usr/bin/env bash
# Word F1 and speed beside jieba and cppjieba: Benchmarks/segmentation/run.sh GOLD…     (see compare.py)
set -euo pipefail
cd "$(dirname "$0")"
python=$(../python.sh "jieba, cppjieba_py_dat" jieba cppjieba-py-dat)
swift build -c release --product segmentation-benchmark 1>&2
"$python" compare.py "$(swift build -c release --show-bin-path)/segmentation-benchmark" "$@"
