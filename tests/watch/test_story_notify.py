"""[[notify]] and [mail] in story.toml: what is taken, what is refused and how, and that no message repeats a secret."""

from __future__ import annotations

import pytest

from presstime.problems import StoryError
from presstime.story_file import parse_story
from presstime.watch.targets import covered, rule_key, target_of

HEAD = 'title = "Flood"\n'
MAIL = '[mail]\nserver = "mail.example"\nfrom = "presstime@post.example"\nto = ["desk@post.example"]\n'
SECRET = "hunter2hunter2"


def rule(body: str) -> str:
    return f'{HEAD}[[notify]]\nname = "desk"\n{body}\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (rule('to = "json://h.example/x"\nwhat = ["denail"]'), "did you mean 'denial'?"),
        (rule('to = "json://h.example/x"\nwaht = ["denial"]'), "did you mean 'what'?"),
        (rule('to = "json://h.example/x"\ndigest = "dayly"'), "did you mean 'daily'?"),
        (rule('to = "json://h.example/x"\nevery = "soon"'), "write it like '30s'"),
        (rule('to = "json://h.example/x"\nevery = "5m"\ndigest = "daily"'), "leave one of them out"),
        (rule('to = "json://h.example/x"\nat = "07:00"'), 'add digest = "daily"'),
        (rule('to = "json://h.example/x"\ndigest = "daily"\nat = "25:00"'), "write it like '07:30'"),
        (rule('to = "json://h.example/x"\nquiet = "22-6"'), "write it like '22:00-06:30'"),
        (rule('to = "json://h.example/x"\nreport = "report.html"'), "write the whole address"),
        (rule('to = "mail"'), "[mail] table"),
        (rule("to = []"), "names nobody"),
        (rule('to = "env:"'), "the name of a variable"),
        (rule(f'to = "{SECRET}"'), "no Apprise URL"),
        (rule('to = "json://h.example"') + '[[notify]]\nname = "Desk"\nto = "json://i.example"', "the name of notify 1"),
        (f'{HEAD}[[notify]]\nto = "json://h.example"', "no 'name'"),
        (HEAD + MAIL + 'security = "ssl"', "one of: none, starttls, tls"),
        (HEAD + MAIL + f'user = "desk"\npassword = "{SECRET}"\nsecurity = "none"', "in the clear"),
        (HEAD + MAIL + f'password = "{SECRET}"', "give both or neither"),
        (HEAD + MAIL.replace("desk@post.example", "desk"), "no e-mail address"),
        (HEAD + MAIL.replace('"mail.example"', '"mail.example:99999"'), "write a name or an address"),
    ],
)
def test_faults_say_what_to_do_and_repeat_no_secret(text: str, message: str) -> None:
    with pytest.raises(StoryError, match=r"story\.toml") as raised:
        parse_story(text)
    assert message in str(raised.value)
    assert SECRET not in str(raised.value)


def test_a_whole_rule_is_taken() -> None:
    file = parse_story(rule('to = ["mail", "env:CHAT"]\nwhat = ["denial", "figure-moved"]\nevery = "10m"\nquiet = "22:00 - 6:30"') + MAIL)
    assert file.notify[0].to == ("mail", "env:CHAT")
    assert file.notify[0].what == ("denial", "figure-moved")
    assert file.mail is not None
    assert file.mail.from_ == "presstime@post.example"


def test_secrets_come_from_variables_and_are_in_no_representation() -> None:
    file = parse_story(rule('to = "env:CHAT"') + MAIL + 'user = "env:U"\npassword = "env:P"')
    environment = {"CHAT": f"jsons://desk:{SECRET}@h.example/x", "U": "the-desk", "P": SECRET}
    chat, mail = (target_of(to, file.mail, environment) for to in ("env:CHAT", "mail"))
    assert chat.url == environment["CHAT"]
    assert (chat.name, mail.name) == ("env:CHAT", "mail")
    assert mail.server is not None
    assert (mail.server.host, mail.server.port, mail.server.password) == ("mail.example", 587, SECRET)
    written = rule_key(file.notify[0], f"jsons://desk:{SECRET}@h.example/x")
    assert SECRET not in f"{chat!r}{mail!r}{chat}{mail}{written}"


@pytest.mark.parametrize("environment", [{}, {"CHAT": " "}, {"CHAT": SECRET}])
def test_a_variable_that_holds_no_target_is_named_and_not_its_value(environment: dict[str, str]) -> None:
    with pytest.raises(StoryError, match="CHAT") as raised:
        target_of("env:CHAT", None, environment)
    assert SECRET not in str(raised.value)


def test_without_apprise_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(StoryError, match=r'pip install "presstime\[watch\]"'):
        target_of("json://h.example/x", None, {})


def test_what_a_library_says_is_covered() -> None:
    target = target_of(f"tgram://123456789:{SECRET}/44/", None, {})
    said = covered(f"POST https://api.example/bot123456789:{SECRET}/send failed", target)
    assert SECRET not in said
    assert "123456789" not in said
    assert "failed" in said
