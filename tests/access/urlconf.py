"""The whole URLconf as a list: every pattern with its names, and how its addresses are built."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Door:
    """One URL pattern: its full name, as the access registry knows it, and the parameters of its address."""

    view_name: str
    named: bool
    route: str
    parameters: tuple[str, ...]
    pattern: URLPattern

    def __str__(self) -> str:
        return f"{self.view_name} /{self.route}"

    @property
    def in_admin(self) -> bool:
        """Whether it leads into the back office."""
        return self.route.startswith("admin/")

    @cached_property
    def exports(self) -> bool:
        """Whether it is a list that can be had as a file."""
        view = getattr(self.pattern.callback, "view_class", None)
        return bool(getattr(view, "list_export", None)) or hasattr(view, "write_xlsx")

    def address(self, **arguments) -> str:
        """The address with these parameters."""
        if list(arguments) == ["path"]:
            return reverse(self.view_name, args=[arguments["path"]])
        return reverse(self.view_name, kwargs=arguments)


def doors(urlconf=None) -> list[Door]:
    """Every pattern of the site, in the order they are tried."""
    return list(_doors_in(get_resolver(urlconf), namespaces=(), route="", parameters=()))


def _doors_in(
    resolver: URLResolver, *, namespaces: tuple, route: str, parameters: tuple
) -> Iterator[Door]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        asked = parameters + _parameters_of(entry)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _doors_in(entry, namespaces=inner, route=here, parameters=asked)
        else:
            name = ":".join([*namespaces, entry.name or entry.lookup_str])
            yield Door(name, bool(entry.name), here, asked, entry)


def _parameters_of(entry: URLPattern | URLResolver) -> tuple[str, ...]:
    pattern = entry.pattern
    if getattr(pattern, "converters", None):
        return tuple(pattern.converters)
    if not hasattr(pattern, "regex") or not pattern.regex.groups:
        return ()
    # Wagtail's own pattern of pages has one group without a name.
    return tuple(pattern.regex.groupindex) or ("path",)
