#!/usr/bin/env bash
# The browser tests: installs what they need; skipped with a loud line only where no browser can be had.
set -euo pipefail
cd "$(dirname "$0")"
sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
  $sudo apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends chromium chromium-driver fonts-wqy-microhei >/dev/null || true
fi
if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
  echo "!!!! BROWSER TESTS SKIPPED: neither chromium nor its driver could be installed !!!!" >&2
  exit 0
fi
python3 -c 'import selenium, axe_playwright_python' 2>/dev/null || {
  python3 -m pip install -q selenium
  # Only the axe.min.js in it is used, so what drives another browser is left out.
  python3 -m pip install -q --no-deps axe-playwright-python
}
exec python3 -m unittest -v "$@"
