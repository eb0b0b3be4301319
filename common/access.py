"""The access registry: for every URL of the site, who may ask for it.

Each app lists its URL names in ``permissions.ACCESS``; the project collects them and the middleware
refuses any resolved URL without a line, so that a forgotten one is a red build and never a leak.
A rule says who may *enter* a view; what they see inside is decided by ``visible_to``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.urls import ResolverMatch


class RoleHolder(Protocol):
    """What a rule may look at: the viewer's kind and roles."""

    is_authenticated: bool
    is_employee: bool
    is_superuser: bool
    may_enter_admin: bool
    roles: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """Who may enter: a name for the registry's reader and the test on a viewer."""

    name: str
    admits: Callable[[RoleHolder], bool]


PUBLIC = Rule("public", lambda viewer: True)
SIGNED_IN = Rule("signed in", lambda viewer: viewer.is_authenticated)
EMPLOYEE = Rule("employee", lambda viewer: viewer.is_employee)
CLOSED = Rule("closed", lambda viewer: False)
BACK_OFFICE = Rule("back office", lambda viewer: viewer.may_enter_admin)


def roles(*names: str) -> Rule:
    """A rule that admits holders of any of the named roles."""
    wanted = frozenset(names)
    return Rule("role " + " or ".join(sorted(wanted)), lambda viewer: bool(viewer.roles & wanted))


class AccessRegistry:
    """Rules by URL name (``ns:name``), by whole namespace (``ns:*``) or by a library's prefix (``wagtail*``)."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def add(self, rules: Mapping[str, Rule]) -> None:
        """Add an app's lines. A name that is already listed is a programming error."""
        for name, rule in rules.items():
            if name in self._rules and self._rules[name] is not rule:
                raise ValueError(f"URL {name!r} already has the rule {self._rules[name].name!r}")
            self._rules[name] = rule

    def rule_for_name(self, view_name: str) -> Rule | None:
        """The rule of a URL name: its own line first, then its namespaces, inmost first, then the longest prefix."""
        if view_name in self._rules:
            return self._rules[view_name]
        namespace = view_name
        while ":" in namespace:
            namespace = namespace.rpartition(":")[0]
            if f"{namespace}:*" in self._rules:
                return self._rules[f"{namespace}:*"]
        prefixes = [
            name
            for name in self._rules
            if name.endswith("*") and not name.endswith(":*") and view_name.startswith(name[:-1])
        ]
        return self._rules[max(prefixes, key=len)] if prefixes else None

    def rule_for(self, match: ResolverMatch) -> Rule | None:
        """The rule of a resolved URL, or None if nobody wrote a line for it."""
        return self.rule_for_name(match.view_name) if match.view_name else None


registry = AccessRegistry()
