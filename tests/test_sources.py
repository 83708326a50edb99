"""The table of sources: each can be found again, and none is there twice."""

import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from checker import sources
from checker.model.checks import Reference

SOURCES = {name: value for name, value in vars(sources).items() if isinstance(value, Reference)}

each_source = pytest.mark.parametrize(("name", "source"), SOURCES.items(), ids=SOURCES.keys())


@each_source
def test_a_source_is_a_constant_with_a_title_and_the_day_it_was_read(name: str, source: Reference) -> None:
    assert re.fullmatch(r"[A-Z][A-Z0-9_]*", name)
    assert source.title and source.title != name
    assert source.read_on == date(2026, 11, 22)


@each_source
def test_an_address_is_a_whole_web_address_or_none(name: str, source: Reference) -> None:
    if source.url is not None:
        parts = urlsplit(source.url)
        assert parts.scheme in {"https", "http"}
        assert "." in parts.netloc
        assert re.fullmatch(r"[!-~]+", source.url), "white space, or a character cut from a longer address"


def test_no_two_sources_share_a_title() -> None:
    assert [title for title, times in Counter(source.title for source in SOURCES.values()).items() if times > 1] == []


def test_two_sources_share_an_address_only_where_a_page_was_read_in_two_revisions() -> None:
    times = Counter(source.url for source in SOURCES.values() if source.url is not None)
    assert [url for url, count in times.items() if count > 1] == [sources.MOVE.url]
    assert sources.MOVE2.url == sources.MOVE.url


NUMBERED = {name: source.url for name, source in SOURCES.items() if re.fullmatch(r"(PR|I)\d+", name)}
FILES = {name: source.url for name, source in SOURCES.items() if source.url and "/blob/" in source.url}


@pytest.mark.parametrize(("name", "url"), NUMBERED.items(), ids=NUMBERED.keys())
def test_the_number_in_a_name_is_the_number_in_the_address(name: str, url: str) -> None:
    assert url.endswith(f"/pull/{name[2:]}" if name.startswith("PR") else f"/issues/{name[1:]}")


@pytest.mark.parametrize("url", FILES.values(), ids=FILES.keys())
def test_a_file_of_a_repository_is_linked_at_the_commit_that_was_read(url: str) -> None:
    assert re.search(r"/blob/[0-9a-f]{40}/.+\.md$", url)
