"""The desk in Debian's Firefox: reading and deciding, by keyboard and without scripts; every page at both widths."""
import unittest

from county import PASSWORD, VILLAGE, County
from firefox import ENTER, Firefox

county = None


def setUpModule():
    global county
    county = County()
    county.run(
        "cases", "register", "--topic", "water", "--village", VILLAGE, "--source", "visit", "--summary", "反映饮水浑浊",
        "--as", str(county.people["林受理"]))


def tearDownModule():
    county.close()


class InFirefox(unittest.TestCase):
    def person(self, name, **options):
        firefox = Firefox(**options)
        self.addCleanup(firefox.close)
        firefox.go(county.address)
        firefox.types("[name=name]", name)
        firefox.types("[name=password]", PASSWORD)
        firefox.moves(lambda: firefox.keys(ENTER))
        self.assertNotIn("/sign-in", firefox.address(), firefox.text()[:400])
        return firefox

    def count(self, firefox):
        return int(firefox.text('[data-count="review"]').rstrip("+"))

    def test_flags_are_decided_by_keyboard(self):
        firefox = self.person("林受理")
        before = self.count(firefox)
        firefox.enters()
        for key in ("", "4", "2", ""):
            address = firefox.address()
            self.assertIn("/flags/", address)
            if key == "2":
                firefox.keys(key)
                self.assertEqual(firefox.run("return document.querySelector('[name=verdict]:checked').value"), "misconduct")
                firefox.go(address)
                continue
            if key:
                firefox.keys(key)
            firefox.enters()
            self.assertNotEqual(firefox.address(), address)
        firefox.go(county.address + "queue")
        self.assertIn(self.count(firefox), (before - 3, before - 2))

    def test_a_flag_is_decided_without_scripts(self):
        firefox = self.person("陈受理", script=False)
        self.assertGreater(self.count(firefox), 0)
        firefox.clicks(".bar a.first")
        self.assertIn("/flags/", firefox.address())
        firefox.ask("WebDriver:ElementClick", {"id": firefox.find("[value=nothing]")})
        firefox.clicks("#decision button.first")
        self.assertTrue(firefox.has(".notice form[action$='/undo']"), firefox.text()[:400])

    def test_no_page_scrolls_sideways(self):
        for width in (1280, 480):
            firefox = self.person("林受理", width=width)
            pages = ["queue", "queue?expanded=1", "queue?view=red", "cases", "search?q=饮水", "villages", "import", "overview", "account"]
            for page in pages:
                with self.subTest(page=page, width=width):
                    firefox.go(county.address + page)
                    self.assertLessEqual(firefox.run("return document.documentElement.scrollWidth - window.innerWidth"), 0)
            firefox.go(county.address + "queue")
            firefox.enters()
            self.assertLessEqual(firefox.run("return document.documentElement.scrollWidth - window.innerWidth"), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
