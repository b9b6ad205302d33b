"""Work in child processes that may be slow, greedy or deadly: each item costs only itself.

A hostile file can make a parser loop, eat memory or crash the interpreter (SAFETY: 60 s and 1 GiB a
file). So every item runs in a child with limits, and what goes wrong comes back as a value. What a
child writes goes into a folder of the run, so that nothing stays behind whatever ends the child.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from indexer import sandbox
from indexer.extract.failures import crashed, internal_error, out_of_memory, timed_out, too_big
from indexer.scratch import scratch_folder
from kb.errors import ExtractionFailed
from kb.i18n import _

_log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

DEFAULT_TIMEOUT = 60.0  # seconds of wall time for one item
# Bytes of address space of one child (SAFETY: 1 GiB a file). Reading an ordinary document, with
# pdfminer, lxml and trafilatura loaded, stays below 0.2 GiB.
DEFAULT_MEMORY = 1 << 30
# Bytes that a child may send back (SAFETY: 200 MB): the parent's memory is for all files. The words and
# places of a gazette of 2,000 full pages take 45 MB.
MAX_RESULT = sandbox.MAX_OUTPUT
# A child is replaced after so many items: fragments of memory and caches of parsers do not pile up.
_ITEMS_A_CHILD = 500
_IN_FLIGHT_A_CHILD = 3


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What became of one item: a result, or the error that says why there is none."""

    item: Any
    result: R | None = None
    error: ExtractionFailed | None = None


def run(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    jobs: int,
    timeout: float | Callable[[T], float] = DEFAULT_TIMEOUT,
    memory: int | None = DEFAULT_MEMORY,
) -> Iterator[Outcome[R]]:
    """Apply `function` to every item in `jobs` child processes; outcomes in the order they finish.

    `function`, items and results must be picklable (`function` at the top of a module). `timeout`
    is seconds an item (of that item, where it is a function), `memory` bytes of address space a child
    (None, or a system without such limits: no limit). Failures carry the codes `timeout`,
    `out-of-memory`, `crashed`, or whatever ExtractionFailed the function raised; any other exception
    is a defect, logged and reported as `internal-error`. Items are drawn as children become free, so
    `items` may be endless. Closing the
    iterator, or an interrupt, ends the children at once, and all they started with them.
    """
    with scratch_folder() as scratch:
        yield from _run(function, items, jobs, timeout, memory, str(scratch))


def _run(
    function: Callable[[T], R],
    items: Iterable[T],
    jobs: int,
    timeout: float | Callable[[T], float],
    memory: int | None,
    scratch: str,
) -> Iterator[Outcome[R]]:
    seconds = timeout if callable(timeout) else (lambda _item: timeout)
    # Not fork: a child must not inherit open databases, locks and threads. spawn exists everywhere.
    pool: Any = ProcessPool(  # its methods are not annotated
        max_workers=jobs,
        max_tasks=_ITEMS_A_CHILD,
        initializer=sandbox.enter,
        initargs=(memory, scratch),
        context=multiprocessing.get_context("spawn"),
    )
    waiting = iter(items)
    running: dict[Any, T] = {}
    try:
        while True:
            while len(running) < _IN_FLIGHT_A_CHILD * jobs:
                try:
                    item = next(waiting)
                except StopIteration:
                    break
                limit = seconds(item)
                future = pool.schedule(_limited, args=(function, item, limit), timeout=limit)
                running[future] = item
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                item = running.pop(future)
                yield _outcome(item, future, seconds(item))
        pool.close()
    finally:
        pool.stop()
        pool.join()


def _limited(function: Callable[[T], R], item: T, timeout: float) -> bytes:
    """In the child: it ends by itself should nobody be left to end it."""
    sandbox.limit_processor(timeout)
    result = pickle.dumps(function(item), pickle.HIGHEST_PROTOCOL)
    if len(result) > MAX_RESULT:
        raise too_big(_("nội dung hơn %d MB") % (MAX_RESULT >> 20))
    return result


def _outcome(item: Any, future: Any, timeout: float) -> Outcome[Any]:
    try:
        return Outcome(item, result=pickle.loads(future.result()))
    except ExtractionFailed as failure:
        return Outcome(item, error=failure)
    except FutureTimeout:
        return Outcome(item, error=timed_out(timeout))
    except MemoryError:
        return Outcome(item, error=out_of_memory())
    except ProcessExpired:
        return Outcome(item, error=crashed())
    except Exception as error:
        _log.warning("%s", item, exc_info=error)
        return Outcome(item, error=internal_error(error))
