"""The desk in a real browser: each role's day, by keyboard; no accessibility violation; screenshots for the docs.

Needs Debian's chromium and chromium-driver and, from PyPI, selenium and axe-playwright-python (only its axe.min.js is used).
`UPDATE_SCREENSHOTS=1` writes docs/images.
"""
import datetime
import json
import os
import shutil
import ssl
import subprocess
import time
import unittest
import urllib.error
import urllib.request
import zipfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.support.ui import WebDriverWait

import axe_playwright_python

from county import PASSWORD, ROOT, VILLAGE, County

AXE = open(os.path.join(os.path.dirname(axe_playwright_python.__file__), "axe.min.js"), encoding="utf-8").read()
IMAGES = os.path.join(ROOT, "docs/images")
# Seconds: a machine may be busy with something else.
PATIENCE = 120
county = None


def setUpModule():
    global county
    county = County()
    # A year of cases: enough for the overview, and for a cell of five.
    register = lambda topic, village, months, summary: county.run(  # noqa: E731
        "cases", "register", "--topic", topic, "--village", village, "--source", "visit", "--summary", summary,
        "--received", str(datetime.date.today() - datetime.timedelta(days=30 * months)), "--as", str(county.people["林受理"]))
    for months, village in enumerate((VILLAGE, "990001100202", "990001100205", "990001101201", "990001200203", "990001200205")):
        register("roads", village, months, "反映村道路面塌陷")
        register("lighting", VILLAGE, months // 2, "反映路灯不亮")
        register("water", village, 0, "反映饮水浑浊")
    register("water", VILLAGE, 0, "反映饮水浑浊，请核实")
    for village in ("990001100202", "990001100203", "990001100206"):
        register("water", village, 0, "反映饮水时断时续")


def tearDownModule():
    county.close()


def browser(script=True, width=1280, height=900):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=zh-CN", "--force-device-scale-factor=1"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
    driver.set_window_size(width, height)
    if width < 500:
        # A window is never that narrow: the page is told so instead.
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True})
        driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    return driver


class Person:
    """Somebody at a browser."""

    def __init__(self, name, **options):
        self.driver = browser(**options)
        self.go("/")
        self.find("[name=name]").send_keys(name)
        self.find("[name=password]").send_keys(PASSWORD)
        self.moves(lambda: self.keys(Keys.ENTER), "signing in")
        if "/sign-in" in self.driver.current_url:
            raise AssertionError(f"{name} isn't let in: {self.text()[:400]}")

    def go(self, path):
        self.driver.get(county.address.rstrip("/") + path)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def keys(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)

    def text(self):
        return self.find("body").text

    def waits(self, change, what):
        # A page that loads itself anew takes its elements with it.
        WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[StaleElementReferenceException]).until(change, what)

    def moves(self, act, what):
        """Does what leads to another page, and waits until that is there with its script.

        A click returns before the browser has left the page: whatever came next would break the new page off, be typed into
        the old one, or find the old one's words.
        """
        old = self.find("html")
        act()

        def arrived(driver):
            try:
                old.is_enabled()
            except StaleElementReferenceException:
                return driver.execute_script("return document.readyState") == "complete"
            return False

        WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[WebDriverException]).until(arrived, what)

    def clicks(self, selector):
        """Clicks what leads to another page."""
        self.moves(self.find(selector).click, "a click on " + selector)

    def enters(self):
        """Presses Enter where that leads to another page."""
        self.moves(lambda: self.keys(Keys.ENTER), "Enter on " + self.driver.current_url)

    def begins(self):
        """Opens the first flag of the queue."""
        self.go("/queue")
        self.enters()
        if "/flags/" not in self.driver.current_url:
            raise AssertionError(f"Enter leads to {self.driver.current_url}: {self.text()[:400]}")

    def count(self, view):
        found = self.driver.find_elements(By.CSS_SELECTOR, f'[data-count="{view}"]')
        if not found:
            raise AssertionError(f"{self.driver.current_url} is no queue: {self.text()[:400]}")
        return int(found[0].text.rstrip("+"))

    def violations(self):
        self.driver.execute_script(AXE)
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(done)")
        return [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]]

    def errors(self):
        return [entry for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def shot(self, name):
        if not os.environ.get("UPDATE_SCREENSHOTS"):
            return
        os.makedirs(IMAGES, exist_ok=True)
        self.driver.save_screenshot(os.path.join(IMAGES, name + ".png"))

    def leave(self):
        self.driver.quit()


class InspectorsDay(unittest.TestCase):
    def person(self, name, **options):
        person = Person(name, **options)
        self.addCleanup(person.leave)
        return person

    def test_thirty_flags_by_keyboard_alone(self):
        person = self.person("林受理")
        before = person.count("review")
        person.begins()
        begin = time.time()
        for number in range(30):
            if number % 3 == 2:
                person.keys("4")
            person.enters()
            self.assertIn("/flags/", person.driver.current_url, person.text()[:400])
        seconds = time.time() - begin
        person.go("/queue")
        # Of ten dismissals those of severe flags, and a sample, wait for a second reader.
        self.assertIn(person.count("review"), range(before - 30, before - 19))
        self.assertLess(seconds / 30, 20, "a flag takes its seconds from the reader, not from the machine")
        print(f"30 flags: {seconds:.1f} s of the machine's time")

    def test_a_dismissal_is_taken_back_by_a_key(self):
        person = self.person("林受理")
        before = person.count("review")
        person.begins()
        flag = person.driver.current_url.split("?")[0]
        person.keys("4")
        person.enters()
        self.assertNotEqual(person.driver.current_url.split("?")[0], flag)
        person.moves(lambda: person.find("body").send_keys("u"), "U")
        self.assertEqual(person.driver.current_url.split("?")[0], flag, "U leads back to the flag")
        person.go("/queue")
        self.assertEqual(person.count("review"), before)

    def test_two_people_decide_the_same_flag(self):
        one, two = self.person("林受理"), self.person("陈受理")
        one.begins()
        # Not the second's own first one: that may be a grave one that the first put aside in another test.
        two.go(one.driver.current_url[one.driver.current_url.index("/flags/"):])
        self.assertEqual(one.driver.current_url, two.driver.current_url)
        one.enters()
        self.assertIn("/flags/", one.driver.current_url, one.text()[:400])
        two.enters()
        self.assertIn("别人", two.find("h1").text, "the second is told")
        two.clicks("a.first")
        self.assertIn("/queue", two.driver.current_url, "and finds back")

    def test_reading_and_deciding_without_scripts(self):
        person = self.person("陈受理", script=False)
        before = person.count("review")
        person.clicks(".bar a.first")
        self.assertIn("/flags/", person.driver.current_url, "the first flag opens")
        flag = person.driver.current_url.split("?")[0]
        person.find("[value=nothing]").click()
        person.clicks("#decision button.first")
        self.assertTrue(person.find(f'.notice form[action="{flag[flag.index("/flags/"):]}/undo"]'), "it can be taken back")
        person.go("/queue")
        # A flag that a second person must read comes back after the seconds in which the first may think again.
        self.assertIn(person.count("review"), (before - 1, before))
        self.assertNotEqual(before, 0)

    def test_every_page_can_be_read_and_left_without_scripts(self):
        person = self.person("林受理", script=False)
        for path in ("/queue", "/queue?view=mine", "/cases?view=all", "/search?q=饮水", "/villages", "/import", "/overview", "/account", "/nowhere"):
            person.go(path)
            self.assertTrue(person.find("main").text.strip(), path)
            self.assertTrue(person.driver.find_elements(By.CSS_SELECTOR, "header nav a"), path)
            for cap in person.driver.find_elements(By.CSS_SELECTOR, "kbd, [data-help]"):
                self.assertFalse(cap.is_displayed(), f"{path}: a key is shown that does nothing")

    def test_keys_are_shown_and_open_their_list(self):
        person = self.person("林受理")
        person.go("/queue")
        shown = {cap.text for cap in person.driver.find_elements(By.CSS_SELECTOR, "kbd") if cap.is_displayed()}
        self.assertLessEqual({"J", "K", "Enter", "/", "?"}, shown)
        person.find("[data-help]").click()
        self.assertTrue(person.find("#keys").get_attribute("open") is not None)
        person.keys(Keys.ESCAPE)
        person.find("body").send_keys("?")
        self.assertTrue(person.find("#keys").get_attribute("open") is not None)
        person.keys(Keys.ESCAPE)
        for _ in range(3):
            person.find("body").send_keys("j")
        person.find("body").send_keys("k")
        rows = person.driver.find_elements(By.CSS_SELECTOR, "[data-row]")
        self.assertIn("here", rows[1].get_attribute("class"))
        person.enters()
        shown = {cap.text for cap in person.driver.find_elements(By.CSS_SELECTOR, "kbd") if cap.is_displayed()}
        self.assertLessEqual({"J", "K", "1", "2", "3", "4", "5", "A", "T", "S", "Enter", "?"}, shown)
        for key, name in (("a", "area"), ("t", "topic"), ("s", "summary")):
            person.keys(key)
            self.assertEqual(person.driver.switch_to.active_element.get_attribute("name"), name)
            person.keys(Keys.ESCAPE)
        for key, verdict in (("2", "misconduct"), ("3", "suggestion"), ("4", "nothing"), ("5", "repeat"), ("1", "grievance")):
            person.find("body").send_keys(key)
            person.keys(Keys.ESCAPE)
            self.assertEqual(person.find("[name=verdict]:checked").get_attribute("value"), verdict)

    def test_reports_have_no_box_in_a_list_of_several(self):
        person = self.person("林受理")
        person.go("/queue?expanded=1")
        rows = person.driver.find_elements(By.CSS_SELECTOR, "[data-row]")
        reports = [row for row in rows if row.find_elements(By.CSS_SELECTOR, ".track-B")]
        self.assertTrue(reports and len(reports) < len(rows))
        for row in rows:
            self.assertEqual(bool(row.find_elements(By.CSS_SELECTOR, "[name=flag]")), row not in reports)

    def test_numbers_change_without_loading_the_page_again(self):
        person = self.person("林受理")
        person.go("/queue")
        before = int(person.find('[data-count="review"]').text)
        other = self.person("陈受理")
        other.begins()
        other.enters()
        person.waits(lambda d: int(d.find_element(By.CSS_SELECTOR, '[data-count="review"]').text) < before, "the number falls")

    def test_a_key_settles_a_flag_without_a_village_and_teaches_the_name(self):
        # Two villages of the county have that name, and the group is in neither's township.
        text = "新桥村的自来水停了三天没人管"
        export = os.path.join(county.folder, "export.json")
        with open(export, "w", encoding="utf-8") as file:
            json.dump({
                "weflow": {"version": "1.0.3", "exportedAt": 1773300000, "generator": "WeFlow"},
                "session": {"wxid": "52600320113@chatroom", "nickname": "龙脊背村监督群", "type": "群聊", "messageCount": 1},
                "messages": [{
                    "localId": 1, "createTime": 1773194400, "formattedTime": "2026-03-11 10:00:00", "type": "文本消息", "localType": 1,
                    "content": text, "isSend": 0, "senderUsername": "wxid_invented", "senderDisplayName": "某人", "source": "",
                    "platformMessageId": "7400000000000000001"}]}, file, ensure_ascii=False)
        county.run("import", export)
        person = self.person("陈受理")
        person.go("/villages")
        rows = person.driver.find_elements(By.CSS_SELECTOR, "[data-row]")
        number = next((index for index, row in enumerate(rows) if text in row.text), None)
        self.assertIsNotNone(number, person.text())
        flag = rows[number].find_element(By.TAG_NAME, "a").get_attribute("href").rsplit("/", 1)[1]
        village = rows[number].find_element(By.CSS_SELECTOR, "[data-settle]").get_attribute("value")
        self.assertEqual(person.violations(), [])
        person.shot("villages-waiting")
        rows[number].find_element(By.NAME, "teach").send_keys("新桥村", Keys.ESCAPE)
        for _ in range(number + 1):
            person.find("body").send_keys("j")
        person.moves(lambda: person.keys("1"), "1 settles")
        self.assertIn(flag, person.find(".notice").text)
        self.assertIn("新桥村", person.find(".notice").text, "the name is taught")
        self.assertNotIn(f"/flags/{flag}/village", person.driver.page_source, "it waits no more")
        person.go("/flags/" + flag)
        self.assertIn(village, person.driver.page_source)


class ClerksDay(unittest.TestCase):
    def test_pages_go_through_while_a_large_file_is_read(self):
        big = os.path.join(county.folder, "更大.json")
        with open(big, "w", encoding="utf-8") as file:
            file.write('{"chatlab": {"version": "0.0.2"}, "meta": {"name": "另一个测量用的监督群", "platform": "wechat", "type": "group", '
                       '"groupId": "52600399902@chatroom"}, "messages": [\n')
            for number in range(200_000):
                file.write('%s{"sender": "s%d", "timestamp": %d, "type": 0, "content": "早上好，今天第%d次打卡，天气不错"}\n' % (
                    "," if number else "", number % 90, 1_772_000_000 + number * 5, number))
            file.write("]}\n")
        county.run(
            "groups", "add", "--id", "52600399902@chatroom", "--name", "另一个测量用的监督群", "--platform", "wechat", "--village", VILLAGE,
            "--notice-posted-on", "2024-12-01")
        clerk, other = Person("林受理"), Person("陈受理")
        for person in (clerk, other):
            self.addCleanup(person.leave)
        self.drops(clerk, big)
        slowest, pages = 0, 0
        while True:
            clerk.go("/import")
            if "更大.json" in clerk.find("main").text and "正在读" not in clerk.find("main").text and "等待" not in clerk.find("main").text:
                break
            begin = time.time()
            other.go("/queue?view=review&topic=" + ("water", "roads", "lighting")[pages % 3])
            slowest, pages = max(slowest, time.time() - begin), pages + 1
            self.assertTrue(other.driver.find_elements(By.CSS_SELECTOR, "nav.tabs"), other.text()[:300])
        self.assertGreater(pages, 2, "the file was read while pages were asked for")
        self.assertLess(slowest, 3, "no page waited for the whole file")
        print(f"{pages} pages while a file was read, the slowest in {slowest:.2f} s")

    def test_a_zip_is_dropped_and_read(self):
        exports = os.path.join(ROOT, "Fixtures/demo-county/exports/2026-W12")
        archive = os.path.join(county.folder, "一周.zip")
        with zipfile.ZipFile(archive, "w") as file:
            for name in sorted(os.listdir(exports))[:6]:
                path = os.path.join(exports, name)
                if os.path.isfile(path):
                    file.write(path, name)
        person = Person("林受理")
        self.addCleanup(person.leave)
        self.drops(person, archive)
        person.waits(lambda d: "一周.zip" in d.find_element(By.TAG_NAME, "main").text and "，线索 " in d.find_element(By.TAG_NAME, "main").text, "read")
        person.shot("import")
        person.moves(person.driver.find_element(By.LINK_TEXT, "一周.zip").click, "the file")
        # All of it was read at the beginning, so nothing is new.
        self.assertIn("见过", person.text())
        left = [name for name in os.listdir("/tmp") if "一周" in name]
        self.assertEqual(left, [], "no copy of an export lies on the disk")

    def test_an_import_is_cancelled_and_read_when_dropped_again(self):
        # Nothing in it is flagged: the queue of the other tests stays as it is.
        big, count = os.path.join(county.folder, "很大.json"), 250_000
        with open(big, "w", encoding="utf-8") as file:
            file.write('{"chatlab": {"version": "0.0.2"}, "meta": {"name": "测量用的监督群", "platform": "wechat", "type": "group", '
                       '"groupId": "52600399901@chatroom"}, "messages": [\n')
            for number in range(count):
                file.write('%s{"sender": "s%d", "timestamp": %d, "type": 0, "content": "早上好，今天第%d次打卡，天气不错"}\n' % (
                    "," if number else "", number % 90, 1_772_000_000 + number * 5, number))
            file.write("]}\n")
        county.run(
            "groups", "add", "--id", "52600399901@chatroom", "--name", "测量用的监督群", "--platform", "wechat", "--village", VILLAGE,
            "--notice-posted-on", "2024-12-01")
        person = Person("陈受理")
        self.addCleanup(person.leave)
        self.drops(person, big)
        # Pages about a file that is being read load themselves anew, so nothing on them is clicked twice.
        job = person.driver.find_element(By.LINK_TEXT, "很大.json").get_attribute("href")
        person.waits(lambda d: self.is_cancelled(d, job), "it stops")
        person.driver.get(job)
        self.assertEqual(person.violations(), [])
        self.drops(person, big)
        job = person.driver.find_element(By.LINK_TEXT, "很大.json").get_attribute("href")
        person.driver.get(job)
        person.waits(lambda d: "见过" in d.find_element(By.TAG_NAME, "main").text, "read to its end")
        self.assertIn(str(count), person.text(), "every message was read")

    def drops(self, person, path):
        person.go("/import")
        person.find("#files").send_keys(path)
        person.clicks("[data-drop] button")

    def is_cancelled(self, driver, job):
        driver.get(job)
        if "已取消" in driver.find_element(By.TAG_NAME, "main").text:
            return True
        for button in driver.find_elements(By.CSS_SELECTOR, "form[action$='/cancel'] button"):
            button.click()
        return False


class AnalystsDay(unittest.TestCase):
    def test_a_sentence_is_tried_and_explained(self):
        person = Person("孙统计")
        self.addCleanup(person.leave)
        person.go("/lexicons")
        person.find("[name=sentence]").send_keys("我的低保金被村干部截留了")
        person.clicks("form.stack button.first")
        self.assertTrue(person.driver.find_elements(By.CSS_SELECTOR, ".said mark"), "the words are marked")
        self.assertIn("截留挪用侵占", person.text())
        self.assertIn("embezzlement.", person.text())
        self.assertEqual(person.violations(), [])
        person.shot("lexicons-try")

    def test_a_rule_is_changed_compared_and_approved_by_another(self):
        changed = os.path.join(county.folder, "water.yaml")
        shutil.copy(os.path.join(ROOT, "Lexicons/water.yaml"), changed)
        with open(changed, "a", encoding="utf-8") as file:
            file.write("# tried\n")
        keeper = Person("周词库")
        self.addCleanup(keeper.leave)
        keeper.go("/lexicons/versions")
        keeper.find("[name=file]").send_keys(changed)
        keeper.find("[name=reason]").send_keys("试一试")
        keeper.clicks("form.stack button.first")
        self.assertIn("待批准", keeper.find("main").text, "it waits")
        self.assertEqual(keeper.driver.find_elements(By.CSS_SELECTOR, "form[action$='/approve']"), [], "nobody approves their own")
        exports = os.path.join(ROOT, "Fixtures/demo-county/exports/2026-W12")
        export = next(os.path.join(exports, name) for name in sorted(os.listdir(exports)) if os.path.isfile(os.path.join(exports, name)))
        keeper.find("details.act summary").click()
        keeper.find("form[action*='/compare'] [type=file]").send_keys(export)
        keeper.clicks("form[action*='/compare'] button")
        self.assertIn("没有变化", keeper.find("main").text, "compared")
        self.assertEqual(keeper.violations(), [])
        other = Person("王审批")
        self.addCleanup(other.leave)
        other.go("/lexicons/versions")
        form = other.find("form[action$='/approve']")
        form.find_element(By.XPATH, "..").find_element(By.TAG_NAME, "summary").click()
        other.moves(form.find_element(By.TAG_NAME, "button").click, "approving")
        self.assertIn("在用", other.find("main").text, "in use")
        other.shot("versions")


class Searching(unittest.TestCase):
    def test_two_characters_are_found_and_words_in_one_piece_may_stand_apart(self):
        person = Person("林受理")
        self.addCleanup(person.leave)
        for words, marked in (("饮水", {"饮水"}), ("核实饮水", {"饮水", "核实"})):
            person.go("/")
            person.keys("/")
            person.waits(lambda d: "/search" in d.current_url, "/ leads to the search")
            person.go("/search")
            person.find("[name=q]").send_keys(words)
            person.enters()
            found = {mark.text for mark in person.driver.find_elements(By.CSS_SELECTOR, ".hitline mark")}
            self.assertEqual(found, marked)


class Walls(unittest.TestCase):
    def test_a_cadre_sees_nothing_of_a_report_by_any_address(self):
        number = county.run(
            "cases", "register", "--topic", "embezzlement", "--village", VILLAGE, "--source", "visit",
            "--summary", "反映集体资金去向", "--as", str(county.people["林受理"])).split()[0]
        person = Person("柳垭值班")
        self.addCleanup(person.leave)
        # A page may echo the address that was asked for, but is the same for a number that nobody gave out.
        other = number[:-4] + "9999"
        for path in ("/cases/{}", "/cases/{}/print", "/cases/{}/visit"):
            seen = []
            for asked in (number, other):
                person.go(path.format(asked))
                seen.append(person.text().replace(asked, "…"))
            self.assertEqual(seen[0], seen[1], path)
            self.assertNotIn("集体资金", seen[0], path)
        for path in ("/cases?view=all", "/search?q=资金", "/queue", "/flags/1", "/overview", "/villages", "/audit",
                     "/administration", "/import", "/counts"):
            person.go(path)
            self.assertNotIn("集体资金", person.text(), path)
            self.assertNotIn(number, person.driver.page_source, path)


class Encrypted(unittest.TestCase):
    def test_beyond_loopback_there_is_TLS_or_nothing(self):
        done = subprocess.run(
            [county.program, "serve", "--listen", "0.0.0.0", "--port", "0"], env=county.environment, capture_output=True, text=True, timeout=PATIENCE)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("--certificate", done.stderr)

    def test_a_certificate_makes_cookies_secure(self):
        key, chain = os.path.join(county.folder, "key.pem"), os.path.join(county.folder, "chain.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", key, "-out", chain], check=True, capture_output=True)
        server, address = county.serve("--certificate", chain, "--certificate-key", key)
        self.addCleanup(lambda: (server.terminate(), server.wait(PATIENCE)))
        context = ssl.create_default_context(cafile=chain)
        self.assertTrue(address.startswith("https://localhost:"))
        answer = urllib.request.urlopen(address + "sign-in", context=context)
        self.assertIn("max-age", answer.headers["strict-transport-security"])
        self.assertIn("; Secure", answer.headers["set-cookie"])
        old = ssl.create_default_context(cafile=chain)
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises(urllib.error.URLError):
            urllib.request.urlopen(address + "sign-in", context=old)


PAGES = {
    "林受理": ["/queue", "/queue?expanded=1", "/queue?view=red", "/queue?view=mine", "/queue?view=follow-up", "/queue?place=无此村", "/flags/FLAG",
             "/cases?view=all", "/cases/CASE", "/cases/CASE/print", "/cases/CASE/visit", "/cases/CASE/kept", "/search", "/search?q=饮水", "/search?q=没有的词",
             "/villages", "/import", "/overview", "/account", "/progress", "/nowhere"],
    "王审批": ["/queue", "/cases/CASE", "/administration"], "李监督": ["/cases?view=all", "/cases/CASE"],
    "孙统计": ["/lexicons?topic=water", "/lexicons/versions", "/overview"], "周词库": ["/lexicons/versions"], "赵审计": ["/audit"],
    "吴管理": ["/administration"], "柳垭值班": ["/cases", "/overview"], "青芦纪检": ["/cases"],
}
# Those that are no page of their own in the docs.
ASIDE = ("view=mine", "view=follow-up", "place=", "/print", "没有的词", "/progress")


class EveryPage(unittest.TestCase):
    def look(self, width, suffix):
        seen = set()
        for name, paths in PAGES.items():
            person = Person(name, width=width, height=900 if width > 500 else 844)
            self.addCleanup(person.leave)
            for path in paths:
                if "FLAG" in path:
                    person.begins()
                elif "CASE" in path:
                    person.go("/cases?view=all")
                    link = person.driver.find_element(By.CSS_SELECTOR, "[data-row] a").get_attribute("href")
                    person.driver.get(link + path.split("CASE")[1])
                else:
                    person.go(path)
                with self.subTest(path=path, width=width):
                    self.assertEqual(person.violations(), [])
                    wide = person.driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
                    self.assertLessEqual(wide, 0, "the page scrolls sideways")
                    out = person.driver.execute_script(
                        "return Array.from(document.querySelectorAll('.fields input, .fields select, .fields textarea'))"
                        ".filter(f => f.offsetParent && f.getBoundingClientRect().right"
                        " > f.closest('.fields').getBoundingClientRect().right + 1).map(f => f.name)")
                    self.assertEqual(out, [], "fields stick out of their form")
                    if width < 500:
                        caps = person.driver.execute_script("return Array.from(document.querySelectorAll('kbd')).filter(k => k.offsetParent).length")
                        self.assertEqual(caps, 0, "a phone has no keys")
                    if path != "/nowhere":
                        self.assertEqual(person.errors(), [])
                title = path.split("?")[0].strip("/").replace("cases/CASE", "case").replace("/FLAG", "").replace("/", "-")
                extra = "-expanded" if "expanded" in path else "-overdue" if "red" in path else ""
                # The first who opens a page stands for it.
                if title + extra not in seen and not any(part in path for part in ASIDE) and path != "/search":
                    person.shot(title + extra + suffix)
                    seen.add(title + extra)

    def test_at_a_desk(self):
        self.look(1280, "")

    def test_on_a_phone(self):
        self.look(390, "-phone")

    def test_the_sign_in_page(self):
        driver = browser()
        self.addCleanup(driver.quit)
        driver.get(county.address)
        driver.execute_script(AXE)
        found = driver.execute_async_script("const done = arguments[0]; axe.run().then(done)")
        self.assertEqual([v["id"] for v in found["violations"]], [])
        if os.environ.get("UPDATE_SCREENSHOTS"):
            os.makedirs(IMAGES, exist_ok=True)
            driver.save_screenshot(os.path.join(IMAGES, "sign-in.png"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
