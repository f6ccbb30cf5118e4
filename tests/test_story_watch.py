"""What story.toml may say of watching, and what it is told where it is wrong."""

from __future__ import annotations

import pytest

from presstime.problems import StoryError
from presstime.story import parse_story
from presstime.story_watch import Feed, seconds_of

FEED = '[[feeds]]\nurl = "https://harrowpost.example/feed.xml"\n'


def test_feeds_and_filter() -> None:
    feed = FEED + 'outlet = "The Harrow Post"\nevery = "90s"\npages = "summary"\n'
    told = f'title = "x"\n{feed}[filter]\nwords = ["flood*"]\nmatch = "all"\n'
    story = parse_story(told)
    assert story.feeds == (Feed(url="https://harrowpost.example/feed.xml", outlet="The Harrow Post", every="90s", pages="summary"),)
    assert (story.filter.words, story.filter.match, story.filter.places) == (("flood*",), "all", ())


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [("5s", 5), ("10m", 600), ("1.5h", 5400), ("2d", 172800), ("30 min", 1800), ("8d", None), ("0s", None), ("5", None), ("soon", None)],
)
def test_durations(duration: str, seconds: float | None) -> None:
    assert seconds_of(duration) == seconds


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ('[[feeds]]\nurl = "harrowpost.example"', "feeds 1 (harrowpost.example), url: this is no address of the web"),
        (FEED + 'evry = "5m"', "unknown key 'evry' in feeds 1 (https://harrowpost.example/feed.xml); did you mean 'every'?"),
        (FEED + 'every = "soon"', "every: 'soon' is no time between one second and a week"),
        (FEED + 'pages = "ful"', "pages is 'ful'; did you mean 'full'? It must be one of: full, summary"),
        (FEED + FEED, "feeds 2 (https://harrowpost.example/feed.xml) is feeds 1 already"),
        ('[[feeds]]\noutlet = "x"', "feeds 1 has no 'url'"),
        ("[filter]\nword = ['x']", "unknown key 'word' in [filter]; did you mean 'words'?"),
        ("[filter]\nmatch = 'both'", "filter, match is 'both'; it must be one of: all, any"),
        ("[filter]\nwords = ['*']", "filter, words 1: '*' holds no letter to look for"),
        ("[filter]\nlanguages = ['English']", "filter, languages: 'English' is no language's code"),
        ("[[filter]]\nwords = ['x']", "filter"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(told: str, message: str) -> None:
    with pytest.raises(StoryError) as raised:
        parse_story(f'title = "x"\n{told}\n')
    assert message in str(raised.value)
