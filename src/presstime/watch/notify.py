"""Telling people: what each rule of story.toml has still to tell, when it goes out, and what became of it.

In: the outbox in watch.db, the story's rules, a moment. Out: messages to the rules' targets, each change once to each. A message
that does not go out is tried again, ever more seldom, and nothing is dropped; what may not be shown waits until it may. Example:
at 23:10 a denial is found; the rule "desk" is quiet until 06:30, the rule "night" tells it within seconds.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec

from presstime.ledger import Ledger
from presstime.problems import StoryError
from presstime.records import Record
from presstime.show.passages import printable
from presstime.story import LEDGER, Story
from presstime.story_notify import MAIL, Notify
from presstime.watch.changes import CHANGE_KINDS, WatchedChange
from presstime.watch.digest import Telling, chat_text, digest_mail, plain_mail, subject_of
from presstime.watch.notices import Notice, notices_of
from presstime.watch.rules import after_failures, goes_out
from presstime.watch.sending import LONGEST, Job, Message, Outcome, ReadySender, send_apart
from presstime.watch.showing import Showing, what_may_leave
from presstime.watch.state import State
from presstime.watch.targets import Target, rule_key, target_of, targets_of

__all__ = ["Channel", "Notifier", "RuleStatus", "channels_of", "notifying", "rule_states", "try_targets"]

MOST_IN_MAIL = 100
"""Changes in one e-mail: some 100 kB. What is more goes into the next one at once."""
MOST_IN_CHAT = 10
"""Changes in one message of a chat service: about a screen."""
LOOK_AGAIN = 300.0
"""Seconds until it is looked again whether what may not be shown now may be."""

LONGEST_WAIT = 3600.0
PATIENCE = 5.0
"""Seconds that a round of telling waits for its targets; most take one or two."""
SOON = 1.0
"""Seconds until it is looked whether a slow target has been told."""

Send = Callable[[Job], Outcome]


class Channel(Record, frozen=True):
    """One target of one rule. `key` is the name under which watch.db keeps what it was told."""

    key: str
    rule: Notify
    to: str


class Trouble(Record, frozen=True):
    """That a channel could not be told: how often in a row, when it is tried next (ISO 8601), and why."""

    failures: int
    next: str
    why: str


class RuleStatus(Record, frozen=True):
    """How it stands with a channel. `waiting` counts changes that it has still to be told, `told` is when it last was."""

    rule: str
    target: str
    waiting: int
    told: str | None
    failures: int
    next: str | None
    fault: str | None


def channels_of(story: Story) -> tuple[Channel, ...]:
    """The channels of a story's rules, in their order."""
    return tuple(Channel(key=rule_key(rule, to), rule=rule, to=to) for rule in story.notify for to in targets_of(rule))


class Notifier:
    """Tells what is in the outbox. `say` is told, once, when a target cannot be told, and when it can again.

    `send` sends one message and waits for it; it is called in a thread of its own. `patience` is how many seconds a round of
    telling waits for its targets.
    """

    def __init__(
        self,
        story: Story,
        *,
        say: Callable[[str], None] = lambda line: None,
        environment: Mapping[str, str] = os.environ,
        send: Send = send_apart,
        patience: float = PATIENCE,
    ) -> None:
        self._story, self._say, self._environment, self._send = story, say, environment, send
        self._channels = channels_of(story)
        self._patience = patience
        self._again: set[tuple[str, str]] = set()
        self._busy: dict[str, asyncio.Task[float | None]] = {}

    def begin(self, state: State) -> None:
        """Make the rules known: each is told what is found from then on. Raises StoryError for a target that cannot be used."""
        for channel in self._channels:
            target_of(channel.to, self._story.mail, self._environment)
        for channel in self._channels:
            state.begin_rule(channel.key)

    async def tell(self, state: State, now: datetime) -> float | None:
        """Tell what is due; the seconds until there may be something to tell even if nothing changes, None for never.

        A target that takes its time is not waited for: the others are told meanwhile.
        """
        waits = self._ended()
        idle = [channel for channel in self._channels if channel.key not in self._busy]
        due: list[tuple[Channel, tuple[WatchedChange, ...]]] = []
        for channel in idle:
            if (taken_back := self._take_back(state, channel, now)) is not None:
                waits.append(taken_back)
            changes = state.untold(channel.key, channel.rule.what or CHANGE_KINDS)
            if changes and (wait := self._wait(state, channel, changes, now)) > 0:
                waits.append(min(wait, LONGEST_WAIT))
            elif changes:
                due.append((channel, changes))
        if due:
            every = {change.id: change for _, changes in due for change in changes}
            showing = await asyncio.to_thread(_showing, self._story, tuple(every.values()), now)
            for channel, changes in due:
                self._busy[channel.key] = asyncio.ensure_future(self._tell(state, channel, changes, showing, now))
            await asyncio.wait([self._busy[channel.key] for channel, _ in due], timeout=self._patience)
            waits += self._ended()
        return min((*waits, *([SOON] if self._busy else [])), default=None)

    def _ended(self) -> list[float]:
        """Forget the channels that are not being told any more; when there may be more for them."""
        done = [key for key, task in self._busy.items() if task.done()]
        return [wait for key in done if (wait := self._busy.pop(key).result()) is not None]

    def _take_back(self, state: State, channel: Channel, now: datetime) -> float | None:
        """What was being sent when the watch was killed is to be told again once its sender cannot live any more: in how many seconds."""
        begun = [(change, now - datetime.fromisoformat(since)) for change, since in state.being_sent(channel.key)]
        sending = [(change, LONGEST - age.total_seconds()) for change, age in begun]
        lost = [change for change, left in sending if left <= 0]
        if lost:
            state.unsent(channel.key, lost)
            self._again.update((channel.key, change) for change in lost)
        return min((left for _, left in sending if left > 0), default=None)

    def _wait(self, state: State, channel: Channel, changes: Sequence[WatchedChange], now: datetime) -> float:
        """Seconds until a channel's next message goes out."""
        first = min(datetime.fromisoformat(change.at) for change in changes)
        last = state.last_told(channel.key)
        moment = goes_out(channel.rule, first, datetime.fromisoformat(last) if last else None, now, self._story.time_zone)
        trouble = _trouble(state, channel)
        return ((max(moment, datetime.fromisoformat(trouble.next)) if trouble is not None else moment) - now).total_seconds()

    async def _tell(
        self, state: State, channel: Channel, changes: Sequence[WatchedChange], showing: Showing, now: datetime
    ) -> float | None:
        """Tell one channel what is due for it; the seconds until there may be more."""
        ids = {change.id for change in changes}
        shown = tuple(change for change in showing.changes if change.id in ids)
        held = LOOK_AGAIN if len(shown) < len(changes) else None
        if not shown:
            return held
        if (wait := self._wait(state, channel, shown, now)) > 0:
            return min(wait, LOOK_AGAIN)
        trouble = _trouble(state, channel)
        try:
            target = target_of(channel.to, self._story.mail, self._environment)
            step = MOST_IN_MAIL if target.server is not None else MOST_IN_CHAT
            for at in range(0, len(shown), step):
                if (why := await self._message(state, channel, target, shown[at : at + step], showing, now)) is not None:
                    return self._failed(state, channel, trouble, why, now)
        except Exception as error:  # whatever goes wrong with one target, the others are told
            return self._failed(state, channel, trouble, f"{type(error).__name__}: {error}", now)
        if trouble is not None:
            _keep_trouble(state, channel, None)
            self._say(f"notify {channel.rule.name} ({target.name}) can be told again")
        return held

    async def _message(
        self, state: State, channel: Channel, target: Target, changes: Sequence[WatchedChange], showing: Showing, now: datetime
    ) -> str | None:
        """Send one message; why it did not go out, None where it did."""
        ids = tuple(change.id for change in changes)
        again = any((channel.key, change) in self._again for change in ids)
        message = await asyncio.to_thread(_message, self._story, channel, target, tuple(changes), showing, now, again)
        job = Job(
            target=target,
            message=message,
            allow=self._story.fetch.allow,
            proxy=self._story.fetch.proxy,
            folder=str(self._story.folder.resolve()),
            rule=channel.key,
            changes=ids,
        )
        state.sending(channel.key, ids, now.astimezone(UTC).isoformat(timespec="seconds"))
        outcome = await asyncio.to_thread(self._send, job)
        if outcome.sent:
            state.told(channel.key, ids, now.astimezone(UTC).isoformat(timespec="seconds"))
            self._again.difference_update((channel.key, change) for change in ids)
            if outcome.why:
                self._say(f"notify {channel.rule.name} ({target.name}): {outcome.why}")
            return None
        state.unsent(channel.key, ids)
        return outcome.why

    def _failed(self, state: State, channel: Channel, before: Trouble | None, why: str, now: datetime) -> float:
        failures = before.failures + 1 if before is not None else 1
        wait = after_failures(failures)
        if before is None or before.why != why:
            self._say(f"notify {channel.rule.name}: {why} It is tried again.")
        next_ = (now + timedelta(seconds=wait)).astimezone(UTC).isoformat(timespec="seconds")
        _keep_trouble(state, channel, Trouble(failures=failures, next=next_, why=why))
        return wait


@contextmanager
def notifying(story: Story, say: Callable[[str], None], *, once: bool = False) -> Iterator[Notifier | None]:
    """A story's notifier, with what it needs to tell at once; None where the story has no rule.

    With `once` a round waits for every target, since there is no other.
    """
    patience = 2 * LONGEST if once else PATIENCE
    if not story.notify:
        yield None
    elif all(channel.to == MAIL for channel in channels_of(story)) or importlib.util.find_spec("apprise") is None:
        yield Notifier(story, say=say, patience=patience)
    else:
        with ReadySender() as send:
            yield Notifier(story, say=say, send=send, patience=patience)


def rule_states(state: State | None, story: Story) -> tuple[RuleStatus, ...]:
    """How it stands with each channel; `state` is None for a story that was never watched."""
    found = []
    for channel in channels_of(story):
        trouble = _trouble(state, channel) if state is not None else None
        waiting = state.untold(channel.key, channel.rule.what or CHANGE_KINDS) if state is not None else ()
        found.append(
            RuleStatus(
                rule=channel.rule.name,
                target=channel.key.removeprefix(f"{channel.rule.name}, "),
                waiting=len(waiting),
                told=state.last_told(channel.key) if state is not None else None,
                failures=trouble.failures if trouble else 0,
                next=trouble.next if trouble else None,
                fault=trouble.why if trouble else None,
            )
        )
    return tuple(found)


def try_targets(story: Story, say: Callable[[str], None], *, environment: Mapping[str, str] = os.environ, send: Send = send_apart) -> int:
    """Send every target of every rule a message that says it is a try, and nothing of the story; how many were not told."""
    failed = 0
    if not story.notify:
        raise StoryError("story.toml has no rule to try; put one under [[notify]] (presstime new shows how)")
    now = datetime.now().astimezone()
    for channel in channels_of(story):
        try:
            target = target_of(channel.to, story.mail, environment)
            title = f"{story.title}: a try of the rule “{channel.rule.name}”"
            body = "presstime can reach you here. What changes in the story will be told like this."
            mail = plain_mail(title, body, sender=target.sender, receivers=target.receivers, now=now) if target.server else b""
            job = Job(
                target=target,
                message=Message(title=title, body=body, mail=mail),
                allow=story.fetch.allow,
                proxy=story.fetch.proxy,
            )
            outcome = send(job)
            said = "told" + (f"; {outcome.why}" if outcome.why else "") if outcome.sent else outcome.why
            failed += not outcome.sent
            say(f"{channel.rule.name}, {target.name}: {said}")
        except StoryError as error:
            failed += 1
            say(f"{channel.rule.name}: {error}")
    return failed


# ---------------------------------------------------------------- what goes out


def _showing(story: Story, changes: Sequence[WatchedChange], now: datetime) -> Showing:
    with Ledger.open(story.folder / LEDGER, create=False) as ledger:
        return what_may_leave(changes, ledger, now)


def _telling(story: Story, channel: Channel, now: datetime, again: bool) -> Telling:
    moment = now.isoformat(timespec="seconds")
    return Telling(
        story=printable(story.title), rule=channel.rule.name, time_zone=story.time_zone, now=moment, again=again, report=channel.rule.report
    )


def _message(
    story: Story, channel: Channel, target: Target, changes: Sequence[WatchedChange], showing: Showing, now: datetime, again: bool
) -> Message:
    telling = _telling(story, channel, now, again)
    make = partial(notices_of, readings=showing.readings, restrictions=showing.restrictions, at=telling.now, time_zone=story.time_zone)
    notices: tuple[Notice, ...] = make(changes, report=channel.rule.report)
    if target.server is not None:
        mail = digest_mail(notices, telling, sender=target.sender, receivers=target.receivers, now=now)
        return Message(title=subject_of(notices, telling), body="", mail=mail)
    title, body = chat_text(notices, telling)
    return Message(title=title, body=body)


# ---------------------------------------------------------------- what is noted


def _trouble(state: State, channel: Channel) -> Trouble | None:
    data = state.note(f"notify {channel.key}")
    return msgspec.json.decode(data, type=Trouble | None) if data else None


def _keep_trouble(state: State, channel: Channel, trouble: Trouble | None) -> None:
    state.put_note(f"notify {channel.key}", msgspec.json.encode(trouble))
