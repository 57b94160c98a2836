"""The console in a browser: first paint, answers to a hand, scrolling, and messages that arrive."""

from statistics import median

from playwright.async_api import BrowserContext

from bench.console.acts import Times, act, act_barely, interaction_to_next_paint, show
from bench.console.arriving import MESSAGES, Arrival, Flood, flood, watch_arrivals
from bench.console.bundle import FirstLoad
from bench.console.opening import CACHES, INBOX, Openings, bare_page, open_both, rest, weigh
from bench.console.screen import Screen, chromium, desk
from bench.console.scrolling import LIST, LONG_MS, PACES, Frames, load_all, scroll
from bench.console.stage import Stage, staged
from bench.house import House
from bench.loading import percentile
from bench.size import Size
from bench.table import Row, at_most, number

NAME = "console"
SLOWNESS = (1, 4)
BUNDLE_KB = 150
# Against the bare page that weighs as much, by what is waited for.
PAINT_GOAL = {"first paint": 2.5, "first rows": 3.5}
# Against a key on the bare page, or a click that swaps fifty messages: by what is done.
ACT_GOALS = {
    "another conversation": ("swap", 6.0),
    "a conversation seen before": ("swap", 4.0),
    "a character in the composer": ("key", 2.0),
    "another tab": ("swap", 4.0),
    "the palette": ("key", 3.0),
    "a character in the palette": ("key", 3.0),
}
# "Good" by the web vitals.
INP_MS = 200
# While it opens, and when messages come: what moves by three lines scores 0.01.
OPENING_SHIFT, SHIFT = 0.01, 0.001
# Of those that the bare page shows. By its bar every row is a new one in every frame: a slow processor only informs.
FRAMES_GOAL = {("as by a wheel", 1): 0.9, ("as by a wheel", 4): 0.5, ("by its bar", 1): 0.5}
ELEMENTS = 1_500
LONG_PERCENT = 5
TYPED_MEANWHILE = 3.0
KB_A_MESSAGE = 5
NODES = 12_000
BUSY_MS = 5
# Of a second in which nothing happens.
REST_MS = 10
BARE_LIST = ".list"


async def measure(house: House, size: Size) -> list[Row]:
    async with staged(house, size.listed, size.written) as stage, chromium() as browser:
        load = await weigh(browser, stage)
        async with bare_page(load) as bare_url:
            rows = [_weight(load)]
            for slower in SLOWNESS:
                console, bare = await open_both(browser, stage, bare_url, times=size.openings, slower=slower)
                rows += _painted(console, bare, slower)
            async with (
                desk(browser, bare_url) as bare_desk,
                desk(browser, stage.url, stage.signed_in) as ours,
            ):
                return rows + await _use(ours, bare_desk, stage, bare_url, size)


async def _use(
    ours: BrowserContext, bare_desk: BrowserContext, stage: Stage, bare_url: str, size: Size
) -> list[Row]:
    screen, bare = await Screen.of(ours, slower=1), await Screen.of(bare_desk, slower=1)
    await screen.page.goto(stage.url + INBOX)
    await bare.page.goto(bare_url)
    rows = [_rested(await rest(screen, size.seconds))]
    await load_all(screen, size.listed)
    rows += [
        row for turn in range(len(SLOWNESS)) for row in await _hands(screen, bare, stage.talk_id, turn, size)
    ]
    for one in (screen, bare):
        await one.slow(1)
    barely = await act_barely(bare, size.acts)
    await show(screen.page, stage.talk_id)
    for away in (False, True):
        rows += _arrived(await watch_arrivals(screen, stage, away=away, typing=size.acts), barely, away=away)
    return [*rows, *_kept(await flood(screen, stage, size.written), size.written)]


async def _hands(screen: Screen, bare: Screen, talk_id: str, turn: int, size: Size) -> list[Row]:
    slower = SLOWNESS[turn]
    for one in (screen, bare):
        await one.slow(slower)
    for type in ("event", "longtask"):
        await screen.take(type)
    acted = await act(screen, talk_id, size.acts, seen=turn * size.acts)
    barely = await act_barely(bare, size.acts)
    answers = interaction_to_next_paint(await screen.take("event"))
    tasks = [task["duration"] for task in await screen.take("longtask")]
    ours, theirs = await scroll(screen, size.seconds), await scroll(bare, size.seconds, BARE_LIST)
    elements = await screen.drawn(LIST)
    return [
        *_acted(acted, barely, slower),
        at_most(_at("interaction to next paint, p98", slower), percentile(answers, 98), " ms", goal=INP_MS),
        Row(_at("longest task meanwhile", slower), max(tasks, default=0), " ms", LONG_MS, "is long"),
        *_scrolled(ours, theirs, slower),
        at_most(_at(f"elements in the list of {size.listed:,}", slower), elements, "", goal=ELEMENTS),
    ]


def _at(what: str, slower: int) -> str:
    return what if slower == 1 else f"{what}, processor {slower} times slower"


def _weight(load: FirstLoad) -> Row:
    return at_most("first load, packed", load.packed / 1024, " KB", goal=BUNDLE_KB)


def _rested(busy: float) -> Row:
    return at_most("processor time of a second in which nothing happens", busy, " ms", goal=REST_MS)


def _painted(console: Openings, bare: Openings, slower: int) -> list[Row]:
    seen = {
        "first paint": (console.painted, bare.painted),
        "first rows": (console.listed, bare.listed),
    }
    rows = [
        _median(_at(f"{what}, {cache} cache", slower), ours[cache], theirs[cache], "bare page", PAINT_GOAL[what])
        for what, (ours, theirs) in seen.items()
        for cache in CACHES
    ]  # fmt: skip
    return [
        *rows,
        at_most(_at("layout shift while it opens", slower), max(console.shifts), "", goal=OPENING_SHIFT),
    ]


def _median(what: str, ours: list[float], theirs: list[float], against: str, goal: float) -> Row:
    spread = f"{number(min(ours))} to {number(max(ours))}"
    return Row(what, median(ours), " ms", median(theirs), against, goal=goal, sense="≤", spread=spread)


def _middle_and_most(ordered: list[float]) -> str:
    return f"p50 {number(median(ordered))}, most {number(ordered[-1])}"


def _acted(acted: Times, barely: Times, slower: int) -> list[Row]:
    rows = []
    for what, (kind, goal) in ACT_GOALS.items():
        ours, theirs = sorted(acted[what]), sorted(barely[kind])
        rows.append(
            Row(
                _at(f"{what}, p95", slower), percentile(ours, 95), " ms", percentile(theirs, 95), f"bare {kind}",
                goal=goal, sense="≤", spread=_middle_and_most(ours),
            )
        )  # fmt: skip
    return rows


def _scrolled(ours: dict[str, Frames], bare: dict[str, Frames], slower: int) -> list[Row]:
    return [
        Row(
            _at(f"scrolled {pace}: frames in time", slower), 100 * ours[pace].shown, " %",
            100 * bare[pace].shown, "bare page", goal=FRAMES_GOAL.get((pace, slower)),
        )
        for pace in PACES
    ]  # fmt: skip


def _arrived(arrival: Arrival, barely: Times, *, away: bool) -> list[Row]:
    what = f"{MESSAGES} messages, the reader {'away from' if away else 'at'} the end"
    typed, keys = sorted(arrival.typed), sorted(barely["key"])
    return [
        at_most(f"{what}: layout shift", arrival.shift, "", goal=SHIFT),
        at_most(f"{what}: time in frames > 50 ms", 100 * arrival.frames.long, " %", goal=LONG_PERCENT),
        Row(
            f"{what}: a character meanwhile, p95", percentile(typed, 95), " ms", percentile(keys, 95), "bare key",
            goal=TYPED_MEANWHILE, sense="≤", spread=_middle_and_most(typed),
        ),
        Row(f"{what}: processor time of each", arrival.busy, " ms", barely["busy"][0], "bare swap"),
    ]  # fmt: skip


def _kept(flood: Flood, messages: int) -> list[Row]:
    what = f"{messages:,} messages at once in the open conversation"
    kept = (flood.after.bytes - flood.before.bytes) / messages / 1024
    return [
        at_most(f"{what}: memory kept of each", kept, " KB", goal=KB_A_MESSAGE),
        at_most(f"{what}: DOM nodes then", flood.after.nodes, "", goal=NODES),
        at_most(f"{what}: processor time of each", flood.busy, " ms", goal=BUSY_MS),
    ]
