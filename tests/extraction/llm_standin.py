"""A local server that speaks as much of the chat completions protocol as is needed."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

Reply = Callable[[dict[str, Any]], str | tuple[int, str]]


class StandIn:
    """Answers every question with ``reply(request)``: the content, or a status and a raw body."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.requests: list[dict[str, Any]] = []
        self.port = 0

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        request = json.loads(handler.rfile.read(length))
        self.requests.append(request)
        told = self.reply(request)
        status, body = told if isinstance(told, tuple) else (200, self._completion(told))
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        handler.wfile.write(body.encode())

    @staticmethod
    def _completion(content: str) -> str:
        message = {"role": "assistant", "content": content}
        return json.dumps(
            {
                "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": "stand-in",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
        )  # fmt: skip


@contextmanager
def running(reply: Reply, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """The server, and the ``llm`` library told of it as the model ``stand-in``."""
    standin = StandIn(reply)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with suppress(OSError):
                standin.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    standin.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    folder.mkdir(exist_ok=True)
    (folder / "extra-openai-models.yaml").write_text(
        "- model_id: stand-in\n  model_name: stand-in\n  supports_schema: true\n"
        f"  api_base: http://127.0.0.1:{standin.port}/v1\n"
    )
    patch.setenv("LLM_USER_PATH", str(folder))
    patch.setenv("KG_LLM_MODEL", "stand-in")
    for proxy in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ):
        patch.delenv(proxy, raising=False)
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fact(quote: str, subject: str | None, object_: str, /, **more: Any) -> dict[str, Any]:
    """A raw fact as a model gives it; ``words`` and ``name`` are the same unless given."""
    made: dict[str, Any] = {
        "type": "acquisition", "quote": quote, "modality": "asserted", "modality_words": None,
        "subject": {"words": subject, "name": subject} if subject else None,
        "object": {"words": object_, "name": object_},
        "status": None, "nature": None, "amounts": [], "date_words": None, "date": None,
        "round": None, "instrument": None, "stake_percent": None,
    }  # fmt: skip
    return made | more


def facts(*given: dict[str, Any]) -> Reply:
    return lambda _: json.dumps({"facts": list(given)})


_BOUGHT = re.compile(
    r"([A-Z][\w.-]*(?: [A-Z][\w.-]*)*) (?:bought|acquired|has acquired) ([A-Z][\w.-]*(?: [A-Z][\w.-]*)*)[^\n]*?\.(?=\s|$)"
)


def obedient(request: dict[str, Any]) -> str:
    """A model that finds purchases in the passage it is given."""
    passage = request["messages"][-1]["content"]
    found = []
    for match in _BOUGHT.finditer(passage):
        stated = re.findall(r"[$€]\d[\d.,]*(?: (?:million|billion))?", match[0])
        amounts = [{"stated": s.rstrip(".,"), "role": "price"} for s in stated]
        found.append(fact(match[0], match[1], match[2], amounts=amounts))
    return json.dumps({"facts": found})
