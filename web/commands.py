"""`kb serve`: the web pages on this machine, until Ctrl-C."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys

import click
from waitress import create_server

from kb.access import PUBLIC
from kb.errors import BadInput, PortInUse
from kb.i18n import _
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings
from web.app import create_app


@click.command(
    help=_(
        """Mở giao diện web trên máy này. Dừng bằng Ctrl-C.

        \b
        Ví dụ:
          kb serve
          kb serve --port 8080
          kb serve --host 0.0.0.0        cho các máy khác trong mạng nội bộ
          kb serve --proxy 127.0.0.1 --prefix /tra-cuu    sau nginx (docs/serving.md)
        """
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Địa chỉ để lắng nghe."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help=_("Cổng."))
@click.option(
    "--threads",
    default=8,
    show_default=True,
    type=click.IntRange(1, 64),
    help=_("Số yêu cầu phục vụ cùng lúc."),
)
@click.option(
    "--proxy",
    metavar="ADDRESS",
    help=_("Địa chỉ của máy chủ đứng trước (nginx); tin X-Forwarded-For, -Proto, -Host do nó gửi."),
)
@click.option("--prefix", default="", metavar="/PATH", help=_("Phần đầu đường dẫn khi đứng sau proxy."))
@click.option(
    "--curation",
    is_flag=True,
    help=_("Cho người có khóa (kb curator add) nạp văn bản và sửa trên trang."),
)
def serve(host: str, port: int, threads: int, proxy: str | None, prefix: str, curation: bool) -> None:
    """Serve the pages.

    Raises what Library.open raises (IndexMissing, IndexOutdated ...), PortInUse, or BadInput for an
    address this machine cannot listen on.
    """
    # A page asks for its style, script and picture at once: a short queue is nothing to report.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    settings = Settings.load()
    library = Library.open(settings)
    try:
        # A missing index is better told now than by a page; and the segmenter loads its model.
        library.search(SearchRequest(query="văn bản", per_page=1), PUBLIC)
        try:
            server = create_server(
                create_app(library, settings, curation=curation),
                host=host,
                port=port,
                threads=threads,
                ident=None,
                url_prefix=prefix.rstrip("/"),
                **(_behind(proxy) if proxy else {}),
            )
        except (OSError, ValueError) as error:
            raise _cannot_listen(host, port, error) from error
        click.echo(_("Mở trình duyệt tại: {address}").format(address=_address(host, server, port)))
        click.echo(_("Dừng: Ctrl-C"))
        # What a service manager sends: end as after Ctrl-C, with files closed.
        signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))
        server.run()  # returns after Ctrl-C
    finally:
        library.close()


def _behind(proxy: str) -> dict[str, object]:
    """What waitress is to believe of a proxy; from anybody else such headers are dropped."""
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        "clear_untrusted_proxy_headers": True,
    }


def _address(host: str, server: object, port: int) -> str:
    """The address to type into a browser; every interface is shown as this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]", "*": "127.0.0.1"}.get(host, host)
    return f"http://{shown}:{getattr(server, 'effective_port', port)}"


def _cannot_listen(host: str, port: int, error: OSError | ValueError) -> PortInUse | BadInput:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return PortInUse(
            _("Cổng {port} đang được chương trình khác dùng.").format(port=port),
            _("Chọn cổng khác: kb serve --port {port}").format(port=port + 1),
        )
    reason = error.strerror if isinstance(error, socket.gaierror | OSError) else str(error)
    return BadInput(
        _("Không lắng nghe được ở {host}:{port}: {reason}").format(
            host=host, port=port, reason=reason or error
        ),
        _("Dùng --host 127.0.0.1 và một cổng từ 1024 trở lên."),
    )
