"""Debian's Firefox by its own remote protocol, Marionette: Debian has no geckodriver, and no more than this is needed of one."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ENTER = "\ue007"


class Stale(Exception):
    """The page of an element is gone, or just going."""


class Firefox:
    def __init__(self, script=True, width=1280, height=900):
        self.profile = tempfile.mkdtemp(prefix="desk-firefox-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        preferences = {
            "marionette.port": port, "javascript.enabled": script, "intl.accept_languages": "zh-CN", "app.update.auto": False,
            "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
            "browser.startup.page": 0, "browser.aboutwelcome.enabled": False, "network.captive-portal-service.enabled": False,
        }
        with open(os.path.join(self.profile, "user.js"), "w", encoding="utf-8") as file:
            for name, value in preferences.items():
                file.write(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n")
        self.process = subprocess.Popen(
            [shutil.which("firefox-esr"), "--headless", "--marionette", "--no-remote", "--profile", self.profile, "--width", str(width), "--height", str(height)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, MOZ_DISABLE_CONTENT_SANDBOX="1", HOME=self.profile))
        self.line, self.count = self.connect(port), 0
        self.answer()
        self.ask("WebDriver:NewSession", {})

    def connect(self, port):
        for _ in range(600):
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=120)
            except OSError:
                time.sleep(0.2)
        raise SystemExit("Firefox doesn't listen")

    def answer(self):
        """One message: its length, a colon, JSON."""
        size = b""
        while not size.endswith(b":"):
            size += self.line.recv(1)
        text = b""
        while len(text) < int(size[:-1]):
            text += self.line.recv(int(size[:-1]) - len(text))
        return json.loads(text)

    def ask(self, command, values):
        self.count += 1
        text = json.dumps([0, self.count, command, values]).encode()
        self.line.sendall(str(len(text)).encode() + b":" + text)
        _, _, error, value = self.answer()
        if error and error["error"] in ("stale element reference", "no such window", "unknown error"):
            raise Stale(error["message"])
        if error:
            raise AssertionError(f"{command} {values}: {error['error']}: {error['message']}")
        return value.get("value") if isinstance(value, dict) else value

    def go(self, address):
        self.ask("WebDriver:Navigate", {"url": address})

    def find(self, selector):
        return self.ask("WebDriver:FindElement", {"using": "css selector", "value": selector})[ELEMENT]

    def has(self, selector):
        return bool(self.ask("WebDriver:FindElements", {"using": "css selector", "value": selector}))

    def text(self, selector="body"):
        return self.ask("WebDriver:GetElementText", {"id": self.find(selector)})

    def address(self):
        return self.ask("WebDriver:GetCurrentURL", {})

    def run(self, script):
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})

    def types(self, selector, text):
        self.ask("WebDriver:ElementSendKeys", {"id": self.find(selector), "text": text})

    def keys(self, text):
        active = self.ask("WebDriver:GetActiveElement", {})
        self.ask("WebDriver:ElementSendKeys", {"id": active[ELEMENT], "text": text})

    def moves(self, act):
        """Does what leads to another page, and waits until that is there with its script."""
        old = self.find("html")
        act()
        for _ in range(600):
            try:
                self.ask("WebDriver:IsElementEnabled", {"id": old})
            except Stale:
                break
            time.sleep(0.2)
        else:
            raise AssertionError("the page stays " + self.address())
        for _ in range(600):
            try:
                if self.run("return document.readyState") == "complete":
                    return
            except Stale:
                pass
            time.sleep(0.2)
        raise AssertionError("the page never comes")

    def clicks(self, selector):
        self.moves(lambda: self.ask("WebDriver:ElementClick", {"id": self.find(selector)}))

    def enters(self):
        self.moves(lambda: self.keys(ENTER))

    def close(self):
        self.line.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
