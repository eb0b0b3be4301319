"""Who may enter the URLs of this app. It has no models, so it grants nothing."""

from common.access import PUBLIC, Rule

# Home shows everybody what is theirs; the switch keeps a cookie.
ACCESS: dict[str, Rule] = {"home": PUBLIC, "set_single_keys": PUBLIC}
