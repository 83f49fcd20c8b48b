#!/usr/bin/env bash
# The desk's tests from outside: its API against its document, and its pages in a real browser. Installs what they need.
# The pages are skipped with a loud line only where no browser can be had. MINSHENG_BIN: the folder of the programs.
set -euo pipefail
cd "$(dirname "$0")"
sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
has_browser() { command -v chromium >/dev/null && command -v chromedriver >/dev/null; }
has_browser || $sudo apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends chromium chromium-driver fonts-wqy-microhei openssl >/dev/null || true
python=python3
packages='import selenium, schemathesis, axe_playwright_python'
# Exact versions: the API's test makes up its cases from a seed.
install_packages() {
  folder=../../../.build/desk-tests
  $python -m venv --system-site-packages $folder 2>/dev/null ||
    { $sudo apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends python3-venv >/dev/null &&
      python3 -m venv --system-site-packages $folder; } || return 1
  python=$folder/bin/python
  # Of axe-playwright-python only the axe.min.js in it is used, so what drives another browser is left out.
  $python -m pip install -q selenium==4.51.0 schemathesis==4.32.5 hypothesis==6.155.2 &&
    $python -m pip install -q --no-deps axe-playwright-python==0.1.8
}
if ! $python -c "$packages" 2>/dev/null && ! install_packages; then
  echo "!!!! THE DESK'S TESTS FROM OUTSIDE SKIPPED: their Python packages could not be installed !!!!" >&2
  exit 0
fi
if [ $# -gt 0 ]; then exec "$python" -m unittest -v "$@"; fi
"$python" -m unittest -v test_api
if has_browser; then
  "$python" -m unittest -v test_desk
else
  echo "!!!! BROWSER TESTS SKIPPED: neither chromium nor its driver could be installed !!!!" >&2
fi
command -v firefox-esr >/dev/null || $sudo apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends firefox-esr >/dev/null || true
if command -v firefox-esr >/dev/null; then
  "$python" -m unittest -v test_firefox
else
  echo "!!!! TESTS IN FIREFOX SKIPPED: firefox-esr could not be installed !!!!" >&2
fi
