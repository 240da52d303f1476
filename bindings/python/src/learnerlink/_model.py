"""What all models of responses have in common."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, Optional, TypeVar

M = TypeVar("M", bound="Model")


class Key(NamedTuple):
    """A key of a JSON object and where a model keeps it."""

    attribute: str
    key: str
    # Not `|`: a NamedTuple's annotations are read at run time by some tools, and Python 3.9 lacks it.
    model: Optional[type[Model]] = None
    many: bool = False
    shown: bool = False


class Model:
    """An object of a response: frozen, tolerant of keys it does not know, and discreet when printed.

    Values are attributes in ``snake_case``; what the library left out is ``None`` or an empty tuple.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = ()
    _source: Mapping[str, Any]

    @classmethod
    def from_dict(cls: type[M], source: Mapping[str, Any]) -> M:
        """Makes the model from a JSON object as the library writes it; also handy in a host's own tests."""
        model = cls(**{key.attribute: _read(source.get(key.key), key) for key in cls._KEYS})
        object.__setattr__(model, "_source", source)
        return model

    @classmethod
    def from_json(cls: type[M], text: str) -> M:
        """Makes the model from the JSON text of such an object, for one from `raw_json`."""
        return cls.from_dict(json.loads(text))

    @property
    def raw_json(self) -> str:
        """The object as JSON, with every key the library gave. For a response it is the exact text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    def to_dict(self) -> dict[str, Any]:
        """The object with the keys of its schema, in ``lowerCamelCase``, unknown ones included."""
        try:
            return copy.deepcopy(dict(self._source))
        except AttributeError:  # made by its constructor
            return {key.key: _written(getattr(self, key.attribute)) for key in self._KEYS}

    def __repr__(self) -> str:
        # A repr ends up in logs and tracebacks, and this is people's data.
        values = {key.attribute: getattr(self, key.attribute) for key in self._KEYS if key.shown}
        shown = [f"{name}={value!r}" for name, value in values.items() if value is not None]
        hidden = ["..."] if len(values) < len(self._KEYS) else []
        return f"{type(self).__name__}({', '.join(shown + hidden)})"


class Response(Model):
    """The answer of an operation. Answers about a learner, such as "not shared", are its `outcome`."""

    _text: str
    outcome: str

    @classmethod
    def from_json(cls: type[M], text: str) -> M:
        """Makes the response from the JSON text of the library, which is kept as `raw_json`."""
        response = cls.from_dict(json.loads(text))
        object.__setattr__(response, "_text", text)
        return response

    @property
    def raw_json(self) -> str:
        """The exact text the library gave."""
        try:
            return self._text
        except AttributeError:  # not from a text
            return super().raw_json


def _read(value: Any, key: Key) -> Any:
    if value is None:
        return () if key.many else None
    if key.many:
        return tuple(_read(item, key._replace(many=isinstance(item, list))) for item in value)
    return key.model.from_dict(value) if key.model else value


def _written(value: Any) -> Any:
    if isinstance(value, Model):
        return value.to_dict()
    return [_written(item) for item in value] if isinstance(value, tuple) else value
