"""What tests said of figures, to be printed when all is over. In: pytest's reports. Out: lines."""

from typing import Any


def said(terminalreporter: Any, about: str) -> list[str]:
    """Return the words that tests recorded as the property `about`, each once, in their order."""
    reports = (report for found in terminalreporter.stats.values() for report in found)
    properties = (one for report in reports for one in getattr(report, "user_properties", ()))
    return list(dict.fromkeys(words for name, words in properties if name == about))
