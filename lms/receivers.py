"""What must happen after every migration: the tree a root, roles their permissions, ledgers their triggers."""

from common import triggers
from common.ledger import append_only_models
from kb.services.rights import ensure_page_rights
from kb.services.tree import ensure_root_section
from lms.grants import apply_grants


def after_migrate(sender, **kwargs) -> None:
    """Receiver of ``post_migrate`` of the last app, when all tables and permissions exist."""
    ensure_root_section()
    apply_grants()
    ensure_page_rights()
    for model in append_only_models():
        triggers.install(model)
