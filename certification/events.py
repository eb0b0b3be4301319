"""What certification tells the apps above, and itself after the commit. Ids and dates only."""

from dataclasses import dataclass

from common.events import Event


@dataclass(frozen=True, kw_only=True)
class SuspensionSaid(Event):
    """A question was suspended, or a suspension lifted: attempts are to be judged anew."""

    suspension_id: int
