"""One question to a model through the ``llm`` library, with an end to waiting."""

from __future__ import annotations

import threading
from typing import Any

from kg.extraction.protocol import ExtractorError

_REMEDY = "see 'llm models', and set KG_LLM_MODEL to one of them"


class ModelError(ExtractorError):
    """The model is not there, or did not answer; the message says what to do."""


class Model:
    """A model of the ``llm`` library; ``id`` is its name there."""

    def __init__(self, chosen: str | None, seconds: float) -> None:
        try:
            import llm
        except ImportError as error:
            raise ModelError(
                "the extractor 'llm' needs the llm library: pip install 'ai-industry-kg[llm]'"
            ) from error
        try:
            self._model: Any = llm.get_model(chosen)
        except llm.UnknownModelError as error:
            raise ModelError(f"no model is called {chosen!r}; {_REMEDY}") from error
        self._seconds = seconds
        self.id = str(self._model.model_id)
        known = getattr(getattr(self._model, "Options", None), "model_fields", {})
        self._options = {name: 0 for name in ("temperature", "seed") if name in known}

    def ask(self, system: str, prompt: str, schema: dict[str, Any]) -> str:
        """The model's reply, as text. Raises ModelError."""
        try:
            return self._asked(system, prompt, schema, self._options)
        except ModelError as error:
            if not self._options or "temperature" not in str(error):
                raise
            self._options = {}  # some models take no other than their own
            return self._asked(system, prompt, schema, {})

    def _asked(
        self, system: str, prompt: str, schema: dict[str, Any], options: dict[str, int]
    ) -> str:
        replies: list[str] = []
        errors: list[Exception] = []

        def work() -> None:
            try:
                formal = {"schema": schema} if self._model.supports_schema else {}
                told = system if formal else f"{system}\nThe JSON schema of the reply:\n{schema}"
                response = self._model.prompt(
                    prompt, system=told, stream=False, **formal, **options
                )
                replies.append(str(response.text()))
            except Exception as error:  # noqa: BLE001 - every plug-in raises its own
                errors.append(error)

        # A thread that may be left behind: not every plug-in ends a request in time.
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(self._seconds)
        if replies:
            return replies[0]
        if errors:
            what = f"{type(errors[0]).__name__}: {' '.join(str(errors[0]).split())[:300]}"
            raise ModelError(
                f"model {self.id!r} did not answer ({what}); check its key, address and limits"
            ) from errors[0]
        raise ModelError(
            f"model {self.id!r} did not answer within {self._seconds:g} s; "
            f"set KG_LLM_SECONDS higher or choose a faster one ({_REMEDY})"
        )
