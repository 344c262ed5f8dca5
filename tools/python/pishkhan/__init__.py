"""Pishkhan simulates the counters where a province's people get their public services.

>>> import pishkhan
>>> week = pishkhan.Scenario.load("scenarios/registry-moves.yaml").set("run.days", 7)
>>> result = pishkhan.run(week, replications=4)
>>> result.tables.channels.frame()

The tables are those of the command line, and so are the files that ``write`` leaves, to the byte. The columns
are described in results/README.md and in each table's ``descriptions``; every mean stands beside the ends of
its 95% interval. One simulation runs at a time in a process; others wait for it. Ctrl-C ends it with
KeyboardInterrupt, and other threads of Python go on meanwhile.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

from . import _pishkhan
from ._errors import ContractViolation, Diagnostic, EnvironmentFailure, FailedAudit, UserError
from ._tables import Table, Tables

__version__: str = _pishkhan.__version__
__all__ = [
    "Comparison", "ContractViolation", "Diagnostic", "EnvironmentFailure", "FailedAudit", "Run", "Scenario",
    "Study", "Table", "Tables", "UserError", "compare", "extend", "run", "sweep",
]

PathLike = Union[str, "os.PathLike[str]"]
#: Called some ten times a second with the steps (days of replications, points) done, and all of them.
Progress = Callable[[int, int], None]


def _threads(threads: Optional[int]) -> int:
    if threads is None:
        return len(os.sched_getaffinity(0))
    if threads < 1:
        raise ValueError("threads must be at least 1")
    return threads


def _text(value: Any) -> str:
    """A value as YAML; a text stays as it is written, so that ``"80%"`` and ``"5 min"`` mean what they say."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _number(value: Optional[int]) -> str:
    return "" if value is None else str(value)


def _shown(share: Union[None, bool, str]) -> str:
    return {None: "", False: "", True: "all"}[share] if not isinstance(share, str) else share


class Scenario:
    """A scenario file, and what is changed in it. It never changes itself; ``set`` gives another one.

    Attributes:
        name, title: of the scenario.
        resolved: the whole scenario as YAML, with its base and all that was left out.
        notices: what is odd in it though nothing is wrong, in sentences.
    """

    def __init__(self, file: PathLike, sets: Sequence[str] = ()):
        self._file = os.fspath(file)
        self._sets = list(sets)
        about = _pishkhan.load(self._file, self._sets)
        self.name: str = about["name"]
        self.title: str = about["title"]
        self.resolved: str = about["resolved"]
        self.notices: List[str] = about["notices"]

    @classmethod
    def load(cls, file: PathLike) -> "Scenario":
        """Reads a scenario file, or the manifest of a run. Raises UserError with every mistake in it.

        Files that come with the program, such as ``mazandaran/baseline.yaml``, are found from any folder.
        """
        return cls(file)

    def set(self, path: str, value: Any) -> "Scenario":
        """The scenario with another value at a path, as ``--set path=value`` of the command line.

        A text is read as YAML (``"80%"``, ``"5 min"``); numbers, truth values, lists and dictionaries stand
        for themselves. Raises UserError where the path is unknown or the value impossible.
        """
        return Scenario(self._file, [*self._sets, f"{path}={_text(value)}"])

    def __repr__(self) -> str:
        return f"<pishkhan.Scenario {self.name}: {self.title}>"


class Run:
    """A run in memory.

    Attributes:
        tables: the result tables by name; see Table.
        summary: what ``pishkhan run --json`` prints, as a dictionary.
    """

    def __init__(self, of: "_pishkhan.Run"):
        self._run = of
        self.tables = Tables(of.tables())
        self.summary: Dict[str, Any] = json.loads(of.summary())
        self._visits: Optional[Table] = None

    @property
    def visits(self) -> Table:
        """Every visit that was asked for, one a row, as columns."""
        if self._visits is None:
            tables = self._run.visits()
            if not tables:
                raise ValueError("no visits were kept; run with visits=True, or a share such as '1%'")
            self._visits = Table(*tables[0])
        return self._visits

    def frame(self, table: str) -> Any:
        """A table as a frame of pandas."""
        return self.tables[table].frame()

    def extend(self, replications: int, threads: Optional[int] = None,
               progress: Optional[Progress] = None) -> "Run":
        """A run of more replications, in all, of which those that there are are not simulated again."""
        return Run(self._run.extend(str(replications), _threads(threads), progress))

    def write(self, folder: PathLike, formats: Sequence[str] = (), force: bool = False) -> None:
        """Writes the bytes that ``pishkhan run --out folder`` leaves.

        formats: of csv, sqlite, html, xlsx and store; none: csv and sqlite. force: replace earlier results.
        """
        self._run.write(os.fspath(folder), list(formats), force)

    def __repr__(self) -> str:
        return f"<pishkhan.Run of {self._run.scenario()['name']}: {len(self.tables)} tables>"


def run(scenario: Union[Scenario, PathLike], *, replications: Optional[int] = None, seed: Optional[int] = None,
        threads: Optional[int] = None, visits: Union[None, bool, str] = None, costs: Sequence[str] = (),
        progress: Optional[Progress] = None) -> Run:
    """Simulates a scenario.

    replications, seed: None: as the scenario says. threads: replications at a time; None: as many as there
    are processors; the results do not depend on it. visits: True, or a share such as ``"1%"``: keeps them.
    costs: of ``outages`` and ``backbone``: simulates the same citizens without them too.
    Raises UserError, EnvironmentFailure, FailedAudit, KeyboardInterrupt, or what progress raises.
    """
    of = _scenario(scenario)
    return Run(_pishkhan.run(of._file, of._sets, _number(seed), _number(replications), _shown(visits), list(costs),
                             _threads(threads), progress))


def extend(folder: PathLike, replications: int, *, threads: Optional[int] = None,
           progress: Optional[Progress] = None) -> Run:
    """Adds replications to a run on the disk that was written with the format ``store``.

    replications: in all. The folder then is that of so many from the start, to the byte.
    """
    return Run(_pishkhan.extend(os.fspath(folder), str(replications), _threads(threads), progress))


class Comparison:
    """Runs with the same citizens, compared replication by replication.

    Attributes:
        tables: differences, changed, waterfall and ranking.
        summary: what ``pishkhan compare --json`` prints, as a dictionary.
    """

    def __init__(self, of: "_pishkhan.Comparison"):
        self._comparison = of
        self.tables = Tables(of.tables())
        self.summary: Dict[str, Any] = json.loads(of.summary())

    def write(self, folder: PathLike, formats: Sequence[str] = (), force: bool = False) -> None:
        """Writes the bytes that ``pishkhan compare --out folder`` leaves. formats: of csv and sqlite."""
        self._comparison.write(os.fspath(folder), list(formats), force)


def compare(first: Union[Scenario, Run, PathLike], second: Union[Scenario, Run, PathLike],
            *others: Union[Scenario, Run, PathLike], replications: Optional[int] = None,
            seed: Optional[int] = None, waterfall: bool = False, exact: bool = False,
            threads: Optional[int] = None, progress: Optional[Progress] = None) -> Comparison:
    """Compares the first with each of the others: scenarios, runs in memory, or folders of finished runs.

    replications, seed: of all scenarios; None: as they say. waterfall: split the differences over the changes;
    exact: over all orders of them. Runs of unlike seed, days or version are refused with a UserError.
    """
    runs = [of._run if isinstance(of, Run) else _source(of) for of in (first, second, *others)]
    return Comparison(_pishkhan.compare(runs, _number(seed), _number(replications), waterfall, exact,
                                        _threads(threads), progress))


class Study:
    """The results of a study of many points.

    Attributes:
        tables: points, responses, replications, and where the study asks for them sensitivities and best.
        summary: what ``pishkhan sweep --json`` prints, as a dictionary.
    """

    def __init__(self, summary: str, tables: List[tuple]):
        self.tables = Tables(tables)
        self.summary: Dict[str, Any] = json.loads(summary)


def sweep(study: PathLike, folder: Optional[PathLike] = None, *, formats: Sequence[str] = (), resume: bool = False,
          force: bool = False, threads: Optional[int] = None, progress: Optional[Progress] = None) -> Study:
    """Simulates the points of a study file, as ``pishkhan sweep`` does.

    folder: of the results, the bytes of ``--out``; None: none are left. resume: go on with the points that an
    ended sweep has left beside the folder. force: begin anew. progress counts points.
    """
    def into(out: PathLike) -> Study:
        return Study(*_pishkhan.sweep(os.fspath(study), os.fspath(out), list(formats), resume, force,
                                      _threads(threads), progress))
    if folder is not None:
        return into(folder)
    with tempfile.TemporaryDirectory(prefix="pishkhan-") as temporary:
        result = into(Path(temporary) / "study")
    result.summary.pop("folder", None)
    return result


def _scenario(of: Union[Scenario, PathLike]) -> Scenario:
    return of if isinstance(of, Scenario) else Scenario.load(of)


def _source(of: Union[Scenario, PathLike]) -> Tuple[str, List[str]]:
    return (of._file, of._sets) if isinstance(of, Scenario) else (os.fspath(of), [])
