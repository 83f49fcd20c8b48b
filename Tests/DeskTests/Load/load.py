"""The desk's queue under load beside a minimal Flask + sqlite3 application, in one run.

    python3 load.py [--seconds 10] [--people 200] [--cases 1000000] [--messages 250000] [--clerks 0] [--keep FOLDER]

Needs wrk (Debian) and flask (PyPI), and release builds of `minsheng` and `minsheng-desk` (MINSHENG_BIN names their folder). The demo
county is filled with that many cases and with the flags of an invented export of that many messages. `--clerks` people decide a flag
every five seconds each meanwhile, so that pages can't be kept. Prints one line each; what else the machine does counts against both.

Nothing is made easier for the desk: each of the people is an account of its own with a password of its own work factor, signed in
through the sign-in page, with a session, a queue and numbers of its own; each request is another person's, in turn. Only the way there
is made shorter: passwords are set and tried two at a time, as many as the desk hashes at once, and `--keep` names a folder in which the
filled county stays for the next run. Sign-in is measured by itself, and so is everybody's first page, for which nothing is in memory.
"""
import argparse
import concurrent.futures
import http.client
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Browser"))
from county import PASSWORD, ROOT, VILLAGE, County  # noqa: E402
from fill import fill  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def wrk(name, address, seconds, cookies=(), host=None):
    """One measurement: each request is another person's, in turn."""
    script = os.path.join("/tmp", f"desk-load-{os.getpid()}.lua")
    with open(script, "w", encoding="utf-8") as file:
        file.write("local cookies = {" + ", ".join('"' + one + '"' for one in cookies) + "}\nlocal at = 0\n")
        file.write("request = function()\n  if #cookies == 0 then return wrk.format('GET') end\n  at = at % #cookies + 1\n")
        file.write(f"  return wrk.format('GET', nil, {{['Cookie'] = cookies[at], ['Host'] = '{host}'}})\nend\n")
    out = subprocess.run(["wrk", "-t2", "-c32", f"-d{seconds}s", "--latency", "-s", script, address], capture_output=True, text=True).stdout
    os.remove(script)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    half, tail = re.search(r"^\s+50%\s+(\S+)", out, re.M), re.search(r"^\s+99%\s+(\S+)", out, re.M)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if not (rate and half and tail):
        raise SystemExit(f"{name}: {out}")
    refused = f", {bad.group(1)} refused" if bad else ""
    print(f"{name}: {rate.group(1)} pages/s, p50 {half.group(1)}, p99 {tail.group(1)}{refused}", flush=True)


class Stays(urllib.request.HTTPRedirectHandler):
    """Leaves it at the first answer: signing in leads to a page, which is measured by itself."""

    def redirect_request(self, *_):
        return None


def opener(address, name):
    """Signs somebody in: what opens pages as that person, and the browser's cookies."""
    jar = http.cookiejar.CookieJar()
    door = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stays)
    page = door.open(address + "sign-in").read().decode()
    token = re.search(r'name="token" value="([0-9a-f]+)"', page).group(1)
    form = urllib.parse.urlencode({"token": token, "name": name, "password": PASSWORD}).encode()
    try:
        door.open(address + "sign-in", form)
    except urllib.error.HTTPError as error:
        if error.code != 303:
            raise SystemExit(f"{name} isn't let in: {error.code}")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    return browser, "; ".join(f"{one.name}={one.value}" for one in jar)


def together(work, items):
    """Two at a time, as many as the desk hashes passwords."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, items))


def first_pages(people, address):
    """Everybody's first page, for which nobody's numbers are in memory yet."""
    def look(person):
        begin = time.time()
        person[0].open(address + "queue").read()
        return time.time() - begin

    times = sorted(together(look, people))
    print(f"first page of each: p50 {1000 * times[len(times) // 2]:.0f} ms, worst {1000 * times[-1]:.0f} ms", flush=True)


def filled(county, options):
    """Fills the county; the people's names."""
    begin = time.time()
    names = county.crowd(options.people, together)
    print(f"{len(names)} accounts in {time.time() - begin:.0f} s", flush=True)
    begin = time.time()
    fill(os.path.join(county.data, "store.sqlite"), options.cases, [county.people[name] for name in names])
    export = os.path.join(county.folder, "export.json")
    subprocess.run(
        [sys.executable, os.path.join(ROOT, "Benchmarks/generate.py"), "--messages", str(options.messages), "--out", export],
        check=True, stderr=subprocess.DEVNULL)
    county.run(
        "groups", "add", "--id", "52600399901@chatroom", "--name", "测量用的监督群", "--platform", "wechat", "--village", VILLAGE,
        "--notice-posted-on", "2024-12-01")
    county.run("import", export)
    os.remove(export)
    print(f"filled with {options.cases} cases in {time.time() - begin:.0f} s", flush=True)
    return names


def first_paint(browser, address):
    """What a browser loads for its first page, in bytes."""
    page = browser.open(address + "queue").read()
    sizes = {"queue": len(page)}
    for path in set(re.findall(rb'(?:href|src)="/(static/[^"]+)"', page)):
        sizes[path.decode()] = len(browser.open(address + path.decode()).read())
    print(f"first paint: {sum(sizes.values())} bytes ({', '.join(f'{name.split(chr(63))[0]} {size}' for name, size in sorted(sizes.items()))})", flush=True)


def clerk(address, browser, stop):
    """Somebody who works: ends the first flag as nothing, every five seconds."""
    while not stop.wait(5):
        try:
            decide(address, browser)
        except urllib.error.HTTPError as error:
            # Another one was quicker.
            if error.code != 409:
                raise
        except (OSError, http.client.HTTPException):
            # The desk closes while somebody is still at work.
            if not stop.is_set():
                raise


def decide(address, browser):
    """One decision, as a browser sends it."""
    page = browser.open(address + "queue").read().decode()
    token = re.search(r'name="token" value="([0-9a-f]+)"', page).group(1)
    flag = re.search(r'href="/flags/(\d+)', page).group(1)
    form = {"token": token, "verdict": "nothing", "reason": "not-complaint"}
    browser.open(address + f"flags/{flag}?view=review&at=1", urllib.parse.urlencode(form).encode())


def ready(options):
    """A filled county, made or kept from an earlier run, behind a desk; the people's names."""
    kept = options.keep and os.path.join(options.keep, f"{options.cases}-{options.people}-{options.messages}")
    if kept and os.path.exists(kept + ".json"):
        with open(kept + ".json", encoding="utf-8") as file:
            return County(data=kept), json.load(file)
    county = County()
    names = filled(county, options)
    if not kept:
        return county, names
    county.close(keep=kept)
    with open(kept + ".json", "w", encoding="utf-8") as file:
        json.dump(names, file, ensure_ascii=False)
    return County(data=kept), names


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--messages", type=int, default=250_000)
    options.add_argument("--clerks", type=int, default=0)
    options.add_argument("--keep", help="a folder for the filled county, which the next run finds there")
    options = options.parse_args()
    county, names = ready(options)
    flask = subprocess.Popen(
        [sys.executable, os.path.join(HERE, "flask_queue.py"), os.path.join(county.folder, "flask.sqlite"), "8975", "100000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stop = threading.Event()
    clerks = []
    try:
        host = urllib.parse.urlparse(county.address).netloc
        begin = time.time()
        people = together(lambda name: opener(county.address, name), names)
        print(f"{len(people)} people signed in in {time.time() - begin:.0f} s", flush=True)
        cookies = [cookies for _, cookies in people]
        first_pages(people, county.address)
        first_paint(people[0][0], county.address)
        for _ in range(60):
            try:
                urllib.request.urlopen("http://127.0.0.1:8975/queue")
                break
            except OSError:
                time.sleep(1)
        for browser, _ in people[:options.clerks]:
            clerks.append(threading.Thread(target=clerk, args=(county.address, browser, stop), daemon=True))
            clerks[-1].start()
        for turn in (1, 2):
            wrk(f"desk /queue, {len(cookies)} people ({turn})", county.address + "queue", options.seconds, cookies, host)
            wrk(f"flask /queue ({turn})", "http://127.0.0.1:8975/queue", options.seconds)
        wrk("desk /cases", county.address + "cases", options.seconds, cookies, host)
        wrk("desk /static/desk.css", county.address + "static/desk.css", options.seconds, cookies, host)
    finally:
        stop.set()
        for one in clerks:
            one.join(10)
        flask.terminate()
        county.close()


main()
