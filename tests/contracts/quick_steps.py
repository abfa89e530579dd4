"""Django makes models anew after each operation of a step, and takes every field apart and builds it again for each.

Copying the fields instead takes less than half the time of a test that walks through all steps. And a new model, a
constraint and an index change no other model: only that one is made anew, not all that stand in a relation to it, which
here are nearly all. Processes that such tests start (restore, serve) walk as the product does.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.db.migrations.state import ProjectState
from django.db.models import Field
from django.utils.functional import cached_property

_clone = Field.clone
_reload_model = ProjectState.reload_model
_append_option = ProjectState._append_option


def _copied(field: Any) -> Any:
    if "model" in field.__dict__:  # of a model that stands
        return _clone(field)
    made = _without_what_was_found(copy.copy(field))
    if (relation := field.__dict__.get("remote_field")) is not None:
        made.remote_field = _without_what_was_found(copy.copy(relation))
        made.remote_field.field = made
    return made


def _without_what_was_found(copied: Any) -> Any:
    """What it found out of the models around it, and kept, it finds out among its own."""
    for name in [one for one in copied.__dict__ if isinstance(getattr(type(copied), one, None), cached_property)]:
        del copied.__dict__[name]
    return copied


def _reload_what_changed(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in state.__dict__ and model_name not in state.apps.all_models[app_label]:
        state._reload({(app_label, model_name)})
    else:
        _reload_model(state, app_label, model_name, delay)


def _append_to_one(state: Any, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    apps = state.__dict__.pop("apps", None)
    _append_option(state, app_label, model_name, option_name, obj)
    if apps is not None:
        state.apps = apps
        state._reload({(app_label, model_name)})


def walk_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the end of the test."""
    monkeypatch.setattr(Field, "clone", _copied)
    monkeypatch.setattr(ProjectState, "reload_model", _reload_what_changed)
    monkeypatch.setattr(ProjectState, "_append_option", _append_to_one)
