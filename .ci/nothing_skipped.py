"""Fails when the test report shows a skipped test or no browser test."""

import sys
from xml.etree import ElementTree as ET

BROWSER_TESTS_AT_LEAST = 8


def main(report: str) -> int:
    """Read a JUnit report; 0 when nothing was skipped and the browser tests ran."""
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - written by our own test run
    skipped = [case.get("name") for case in cases if case.find("skipped") is not None]
    browser = [case for case in cases if "tests.e2e" in (case.get("classname") or "")]
    sys.stdout.write(f"{len(cases)} tests, {len(browser)} in the browser, {len(skipped)} skipped\n")
    if skipped:
        sys.stderr.write(f"skipped: {skipped}\n")
    if len(browser) < BROWSER_TESTS_AT_LEAST:
        sys.stderr.write(f"only {len(browser)} browser tests ran, at least {BROWSER_TESTS_AT_LEAST} must\n")
    return int(bool(skipped) or len(browser) < BROWSER_TESTS_AT_LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
