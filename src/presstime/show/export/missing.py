"""The libraries that exports need beyond the base: imported where they are used, with advice where they are missing.

In: a module's name and the extra that brings it. Out: the module, or an InputError that says what to install.
Example: without openpyxl, `library("openpyxl")` says `pip install 'presstime[export]'`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from presstime.problems import InputError

__all__ = ["library"]


def library(module: str, extra: str = "export") -> Any:
    """A module of an extra. Raises InputError, with what to install, where it is not there or does not work."""
    try:
        return import_module(module)
    except (ImportError, OSError) as error:
        name = module.partition(".")[0]
        raise InputError(f"this format needs {name} ({error}); install it with: pip install 'presstime[{extra}]'") from None
