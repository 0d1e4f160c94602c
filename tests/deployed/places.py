"""The accounts and regions that the templates are deployed in, and where this checkout is."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
HUB, OTHER = "111122223333", "444455556666"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
ORGANIZATION = "o-abcdefghij"
