"""Generated examples are judged by what they show, not by how long a busy machine takes over one."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
