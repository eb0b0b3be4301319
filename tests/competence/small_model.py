"""A second, small reading of the competence rule, to compare the real one with.

It shares no code with it and works otherwise: plain dictionaries, one day after the other, last days found by letting
days pass until the level is gone. It knows the default figures only.
"""

import copy
from datetime import date, timedelta
from typing import Any

ONE = timedelta(days=1)
NEVER = date(2999, 1, 1)


def d(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    index = day.year * 12 + (day.month - 1) + months
    for number in range(day.day, 27, -1):
        try:
            return date(index // 12, index % 12 + 1, number)
        except ValueError:
            continue
    return date(index // 12, index % 12 + 1, day.day)


class Model:
    """One case, seen by somebody who knows what was recorded through a day."""

    def __init__(self, case: dict[str, Any], known: date) -> None:
        self.kind = case["competence"]["kind"]
        self.risk = case["competence"].get("risk", "normal")
        validity = case["competence"].get("validity_months", {})
        self.k_months = validity.get("knowledge", 6)
        self.p_months = validity.get("practice", 12)
        self.requirement = case["requirement"]
        self.campaigns = [(d(a), d(b)) for a, b in case.get("campaigns", [])]
        heard = [one for one in case["events"] if d(one.get("known", one["on"])) <= known]
        gone = {one["of"] for one in heard if one["type"] == "withdrawal"}
        self.events = [one for one in heard if one.get("id") not in gone]
        self.leaves = sorted(
            (d(one.get("from", one["on"])), d(one["until"]))
            for one in self.events
            if one["type"] == "leave"
        )
        self.days = sorted({d(one["on"]) for one in self.events})

    # --- leave ---

    def after_leave(self, last: date) -> date:
        """A last valid day, moved."""
        for first, end in self.leaves:
            if (end - first).days < 30 and first <= last <= end + 10 * ONE:
                last = end + 11 * ONE
        return last

    # --- days pass ---

    def start(self) -> dict[str, Any]:
        """Before anything happened."""
        return {"k": [], "obs": [], "fails": [], "verdict": None, "over": [], "declared": False}

    def live(self, state: dict[str, Any], day: date) -> None:
        """Let the events of a day happen."""
        for event in self.events:
            if d(event["on"]) != day:
                continue
            happen = getattr(self, "on_" + event["type"], None)
            if happen:
                happen(state, day, event)

    def on_quiz(self, state: dict[str, Any], day: date, event: dict[str, Any]) -> None:
        """A pass opens a row; a second fail closes rows."""
        level = min(3, event["level"])
        if not event["passed"]:
            pair = [
                one
                for one in state["fails"]
                if one[0] == level and not one[2] and day - one[1] <= 30 * ONE
            ]
            state["fails"].append([level, day, False])
            hit = [row for row in state["k"] if row["level"] >= level and row["to"] >= day]
            if pair and hit:
                longest = sorted(hit, key=lambda row: row["to"])[-1]
                left = {
                    "level": level - 1,
                    "of": longest["of"],
                    "to": longest["to"],
                    "kind": "left",
                }
                state["k"] = [row for row in state["k"] if row not in hit] + [left]
            return
        for one in state["fails"]:
            if one[0] <= level:
                one[2] = True  # answered by a pass
        same = [
            row
            for row in state["k"]
            if row["kind"] == "pass" and row["level"] == level and row["to"] >= day
        ]
        row = {"level": level, "of": day, "kind": "pass", "anchor": day, "n": self.k_months}
        if same and not self.campaigns and (same[-1]["to"] - day).days <= 30:
            row["anchor"] = same[-1]["anchor"]
            row["n"] = same[-1]["n"] + self.k_months
            row["to"] = months_later(row["anchor"], row["n"])
        else:
            later = sorted(c for c in self.campaigns if months_later(day, 3) <= c[0])
            row["to"] = later[0][1] if later else months_later(day, self.k_months)
            row["to"] = max([row["to"]] + [one["to"] for one in same[-1:]])
        row["to"] = self.after_leave(row["to"])
        state["k"].append(row)

    def on_declared(self, state: dict[str, Any], day: date, event: dict[str, Any]) -> None:
        """The first one is a row for both tracks."""
        if not state["declared"]:
            state["declared"] = True
            to = self.after_leave(day + 90 * ONE)
            state["k"].append(
                {"level": min(2, event["level"]), "of": day, "to": to, "kind": "declared"}
            )

    def on_observation(self, state: dict[str, Any], day: date, event: dict[str, Any]) -> None:
        """A new observation, or another rating of a call."""
        for one in state["obs"]:
            if event.get("call") and one["call"] == event["call"]:
                if not one["fixed"]:
                    one["rating"] = min(one["rating"], event["rating"])
                return
        state["obs"].append(
            {
                "on": day,
                "rating": event["rating"],
                "rater": event.get("rater"),
                "call": event.get("call"),
                "fixed": False,
            }
        )

    def on_calibration(self, state: dict[str, Any], day: date, event: dict[str, Any]) -> None:
        """The rating of a call, once and for all."""
        for one in state["obs"]:
            if one["call"] == event["call"]:
                one.update(rating=event["rating"], fixed=True)

    def on_commission(self, state: dict[str, Any], day: date, event: dict[str, Any]) -> None:
        """The verdict."""
        state["verdict"] = (event["level"], day, months_later(day, 12))

    def on_override(self, state: dict[str, Any], day: date, event: dict[str, Any]) -> None:
        """One more override."""
        state["over"].append((event["level"], d(event["until"])))

    # --- one day ---

    def five(self, state: dict[str, Any], day: date) -> list[dict[str, Any]]:
        """The last five, without the old."""
        return [one for one in state["obs"][-5:] if months_later(one["on"], self.p_months) >= day]

    def k(self, state: dict[str, Any], day: date) -> int:
        """The knowledge track."""
        return max([0] + [row["level"] for row in state["k"] if row["to"] >= day])

    def p(self, state: dict[str, Any], day: date) -> int:
        """The practice track."""
        best = max(
            [0]
            + [row["level"] for row in state["k"] if row["kind"] == "declared" and row["to"] >= day]
        )
        five = self.five(state, day)
        for level in (1, 2, 3):
            good = [one for one in five if one["rating"] >= level]
            enough_days = len({one["on"] for one in good}) >= 2
            enough_raters = level < 3 or len({one["rater"] for one in good}) >= 2
            if len(good) >= 3 and enough_days and enough_raters:
                best = max(best, level)
        return best

    def verdict(self, state: dict[str, Any], day: date) -> Any:
        """The verdict that holds."""
        return state["verdict"] if state["verdict"] and state["verdict"][2] >= day else None

    def level(self, state: dict[str, Any], day: date, *, verdict_only: bool = False) -> int:
        """The level on a day; ``verdict_only``: as if the tracks were empty beneath a verdict."""
        if self.kind == "quality":
            return state["obs"][-1]["rating"] if state["obs"] else 0
        verdict = self.verdict(state, day)
        if verdict:
            level = verdict[0]
        elif verdict_only:
            level = 0
        elif self.kind == "knowledge":
            level = self.k(state, day)
        else:
            knows, does = self.k(state, day), self.p(state, day)
            level = min(knows, max(1, does))
        return max([level] + [one[0] for one in state["over"] if one[1] >= day])

    def until(self, state: dict[str, Any], day: date, level: int) -> date | None:
        """Let days pass, with nothing new, until the level is gone."""
        if level == 0 or self.level(state, day) < level:
            return None
        if self.kind == "quality":
            return months_later(state["obs"][-1]["on"], self.p_months)
        alone = self.verdict(state, day) is not None
        while self.level(state, day + ONE, verdict_only=alone) >= level:
            day += ONE
        return day

    # --- the answer ---

    def answer(self, on: date) -> dict[str, Any]:
        """What the rule should say of a day."""
        target = self.requirement["level"]
        state = self.start()
        day = min([*self.days, on])
        reached = None
        while day <= on:
            self.live(state, day)
            if self.level(state, day) >= target and day < on:
                reached = (day, copy.deepcopy(state) if self.kind != "quality" else None)
            day += ONE
        level = self.level(state, on)
        due = self.due(state, on, level) if level >= target else []
        lapsed = False
        if level < target and reached and reached[1]:
            lapsed = self.until(reached[1], reached[0], target) == reached[0]
        name = self.state(state, on, level, due, lapsed)
        until = self.until(state, on, level)
        found = {
            "level": level,
            "until": until.isoformat() if until else None,
            "state": name,
            "check_by": min(one[1] for one in due).isoformat() if due else None,
            "gate": self.gate(state, on, name),
        }
        upper = self.requirement.get("upper")
        if upper is not None and level > upper:
            found["above_band"] = level - upper
        return found

    def state(self, state: Any, on: date, level: int, due: Any, lapsed: bool) -> str:
        """The first that holds."""
        past = [one for one in self.events if d(one["on"]) <= on]
        if any(one["type"] == "suspension" and d(one["until"]) >= on for one in past):
            return "suspended"
        if level < self.requirement["level"]:
            begun = {"quiz", "observation", "declared", "commission", "override"}
            begun |= {"check", "progress"}
            if lapsed:
                return "lapsed"
            return "learning" if any(one["type"] in begun for one in past) else "none"
        if self.risk in ("high", "critical") and any(on > by for _, by in due):
            return "lapsed"
        if any(effective <= on for effective, _ in due):
            return "stale"
        last = self.until(state, on, self.requirement["level"])
        if self.kind == "quality":
            return "due_soon" if last and on > last else "current"
        return "due_soon" if last and (last - on).days <= 30 else "current"

    def due(self, state: dict[str, Any], on: date, level: int) -> list[tuple[date, date]]:
        """The changes to be checked: from when they hold, and by when."""
        if self.kind == "quality" or self.risk == "low":
            return []
        old = [row["of"] for row in state["k"] if row["to"] >= on and row["level"]]
        if self.kind == "skill" and level >= 2:
            old += [one["on"] for one in self.five(state, on)]
        if self.verdict(state, on):
            old = [self.verdict(state, on)[1]]
        found = []
        for event in self.events:
            if event["type"] != "change" or d(event["on"]) > on:
                continue
            published = d(event["on"])
            effective = max(published, d(event.get("effective", event["on"])))
            answered = any(
                published <= d(one["on"]) <= on
                and (one["type"] == "check" or (one.get("covers_changes") and one["passed"]))
                for one in self.events
            )
            if not answered and any(one < effective for one in old):
                found.append((effective, self.check_by(published, effective)))
        return found

    def check_by(self, published: date, effective: date) -> date:
        """By when a change is to be checked."""
        days = {"normal": 14, "high": 5}.get(self.risk)
        by = effective + days * ONE if days else max(effective - ONE, published + ONE)
        for first, end in self.leaves:
            if (end - first).days < 30 and first <= by <= end:
                by = end + (days + 1) * ONE if days else end
        return by

    def gate(self, state: dict[str, Any], on: date, name: str) -> str | None:
        """The gate."""
        if not self.requirement.get("gate") or self.kind == "quality":
            return None
        if name not in ("current", "due_soon", "stale"):
            return "shut"
        for first, end in self.leaves:
            away = self.kind == "skill" and (end - first).days >= 90 and end < on
            if away and not any(one["on"] > end for one in state["obs"]):
                return "shut"
        return "open"


def model_answer(case: dict[str, Any], on: str, known: str) -> dict[str, Any]:
    """What the small model says of one day."""
    return Model(case, d(known)).answer(d(on))
