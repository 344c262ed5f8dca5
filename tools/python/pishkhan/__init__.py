"""Pishkhan simulates the counters where a province's people get their public services.

>>> import pishkhan
>>> week = pishkhan.Scenario.load("scenarios/registry-moves.yaml").set("run.days", 7)
>>> result = pishkhan.run(week, replications=4)
>>> result.tables.channels.frame()

The tables are those of the command line, and so are the files that ``write`` leaves, to the byte. The columns
are described in results/README.md and in each table's ``descriptions``; times are in seconds and shares from 0
to 1, and every mean stands beside the ends of its 95% interval.

What a function is given wrongly is a UserError, with all mistakes at once; what is made of a file is made of the
file as it was when it was first read, whatever happens to it or to the working folder later. One simulation runs
at a time in a process; others wait for it, but for one that a ``progress`` function asks for, which is refused.
Ctrl-C ends it with KeyboardInterrupt, and other threads of Python go on meanwhile.
"""

import json
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from . import _arguments, _pishkhan
from ._arguments import PathLike, Progress
from ._errors import ContractViolation, Diagnostic, EnvironmentFailure, FailedAudit, UserError
from ._tables import RawTable, Table, Tables

__version__: str = _pishkhan.__version__
__all__ = [
    "Comparison", "ContractViolation", "Diagnostic", "EnvironmentFailure", "FailedAudit", "PathLike", "Progress",
    "Run", "Scenario", "Study", "Table", "Tables", "UserError", "compare", "extend", "run", "sweep",
]


class Scenario:
    """A scenario file as it was when it was read, and what is changed in it.

    It never changes itself; ``set`` gives another one, made of the same bytes of the same files.

    Attributes:
        name, title: of the scenario.
        resolved: the whole scenario as YAML, with its base and all that was left out.
        notices: what is odd in it though nothing is wrong, in sentences.
    """

    name: str
    title: str
    resolved: str
    notices: List[str]

    def __init__(self, file: PathLike, sets: Sequence[str] = ()) -> None:
        """sets: changes, each ``path=value`` as ``--set`` of the command line takes it."""
        self._read(_pishkhan.Source(_arguments.path(file, "file")), _arguments.texts(sets, "sets", '"run.days=7"'))

    def _read(self, source: _pishkhan.Source, sets: List[str]) -> None:
        self._source, self._sets = source, sets
        about = _pishkhan.load(source, sets)
        self.name, self.title = about["name"], about["title"]
        self.resolved, self.notices = about["resolved"], about["notices"]

    @classmethod
    def load(cls, file: PathLike) -> "Scenario":
        """Reads a scenario file, or the manifest of a run. Raises UserError with every mistake in it.

        Files that come with the program, such as ``mazandaran/baseline.yaml``, are found from any folder.
        """
        return cls(file)

    def set(self, path: Union[str, Mapping[str, Any]], *value: Any) -> "Scenario":
        """The scenario with another value at a path, or with other values at several.

        >>> week = scenario.set("run.days", 7)
        >>> spring = scenario.set({"run.start": "1395-01-14", "run.days": 60, "run.warm_up_days": 5})

        A path is as ``--set`` of the command line takes it: ``stations.0.clerks``. A text is read as YAML, with
        its unit (``"80%"``, ``"5 min"``); numbers, truth values, dates, lists and dictionaries stand for
        themselves. Raises UserError where a path is unknown or a value impossible. The scenario is checked after
        each call: values that are possible only together, such as the start of a run and a day of an outage in
        it, must be set in one.
        """
        if isinstance(path, Mapping):
            if value:
                _arguments.refuse("value", "a value beside a dictionary, which has the values",
                                  "set(path, value) or set({path: value, ...})")
            changes = dict(path)
        else:
            if len(value) != 1:
                _arguments.refuse("value", f"{len(value)} values", "set(path, value) or set({path: value, ...})")
            changes = {path: value[0]}
        for key in changes:
            if not isinstance(key, str):
                _arguments.refuse("path", f"{_arguments.shown(key)} is no path", "a text such as 'run.days'")
        other = Scenario.__new__(Scenario)
        other._read(self._source,
                    [*self._sets, *(f"{key}={_arguments.yaml(one, key)}" for key, one in changes.items())])
        return other

    def __reduce__(self) -> Tuple[Any, ...]:
        return _read_again, (self._source.file, self._sets, self.resolved)

    def __repr__(self) -> str:
        return f"<pishkhan.Scenario {self.name}: {self.title}>"


def _read_again(file: str, sets: List[str], resolved: str) -> Scenario:
    """A scenario that went to another process, which reads it itself."""
    scenario = Scenario(file, sets)
    if scenario.resolved != resolved:
        _arguments.refuse("scenario", f"{file}, or what it names, has changed since the scenario was loaded",
                          "load it again")
    return scenario


class Run:
    """A run in memory.

    Attributes:
        tables: the result tables by name; see Table.
        summary: what ``pishkhan run --json`` prints, as a dictionary; results/output.schema.json describes it.
    """

    tables: Tables
    summary: Dict[str, Any]

    def __init__(self, of: _pishkhan.Run) -> None:
        self._run = of
        self.tables = Tables(of.tables())
        self.summary = json.loads(of.summary())
        self._visits: Optional[Table] = None

    @property
    def visits(self) -> Table:
        """Every visit that was asked for, one a row, as columns. Raises UserError where none were kept."""
        if self._visits is None:
            tables = self._run.visits()
            if not tables:
                _arguments.refuse("visits", "no visits were kept", "run with visits=True, or a share such as '1%'")
            self._visits = Table(*tables[0])
        return self._visits

    def frame(self, table: str) -> Any:
        """A table as a frame of pandas."""
        return self.tables[table].frame()

    def extend(self, replications: int, threads: Optional[int] = None,
               progress: Optional[Progress] = None) -> "Run":
        """A run of more replications, in all, of which those that there are are not simulated again.

        threads: replications at a time; None: as many as there are processors.
        """
        count = str(_arguments.whole(replications, "replications"))
        return Run(self._run.extend(count, _arguments.threads(threads), _arguments.callback(progress)))

    def write(self, folder: PathLike, formats: Sequence[str] = (), force: bool = False) -> None:
        """Writes the bytes that ``pishkhan run --out folder`` leaves.

        formats: of csv, sqlite, html, xlsx and store; none: csv and sqlite, or for the manifest of a run, the
        formats (and the tables, and the workbook's language) which that run was written with.
        force: replace earlier results; a folder that holds anything else is never replaced.
        """
        self._run.write(_arguments.path(folder, "folder"), _formats(formats), _arguments.flag(force, "force"))

    def __repr__(self) -> str:
        return (f"<pishkhan.Run of {self._run.scenario()['name']}: {self.summary['replications']} replications, "
                f"{len(self.tables)} tables>")


def run(scenario: Union[Scenario, PathLike], *, replications: Optional[int] = None, seed: Optional[int] = None,
        threads: Optional[int] = None, visits: Union[None, bool, str] = None, costs: Sequence[str] = (),
        progress: Optional[Progress] = None) -> Run:
    """Simulates a scenario.

    replications, seed: None: as the scenario says. threads: replications at a time; None: as many as there
    are processors; the results do not depend on it. visits: True, or a share such as ``"1%"``, keeps them, False
    keeps none; None: as the scenario says. costs: of ``outages`` and ``backbone``: simulates the same citizens
    without them too. progress: see Progress.
    Raises UserError, EnvironmentFailure, FailedAudit, KeyboardInterrupt, or what progress raises.
    """
    of = _scenario(scenario)
    return Run(_pishkhan.run(of._source, of._sets, _arguments.number(seed, "seed"),
                             _arguments.number(replications, "replications"), _arguments.share_of_visits(visits),
                             _arguments.texts(costs, "costs", '"outages"'), _arguments.threads(threads),
                             _arguments.callback(progress)))


def extend(folder: PathLike, replications: int, *, threads: Optional[int] = None,
           progress: Optional[Progress] = None) -> Run:
    """Adds replications to a run on the disk that was written with the format ``store``.

    replications: in all. The folder then is that of so many from the start, to the byte.
    """
    count = str(_arguments.whole(replications, "replications"))
    return Run(_pishkhan.extend(_arguments.path(folder, "folder"), count, _arguments.threads(threads),
                                _arguments.callback(progress)))


class Comparison:
    """Runs with the same citizens, compared replication by replication.

    Attributes:
        tables: differences, changed, waterfall and ranking.
        summary: what ``pishkhan compare --json`` prints, as a dictionary; results/output.schema.json describes it.
    """

    tables: Tables
    summary: Dict[str, Any]

    def __init__(self, of: _pishkhan.Comparison) -> None:
        self._comparison = of
        self.tables = Tables(of.tables())
        self.summary = json.loads(of.summary())

    def frame(self, table: str) -> Any:
        """A table as a frame of pandas."""
        return self.tables[table].frame()

    def write(self, folder: PathLike, formats: Sequence[str] = (), force: bool = False) -> None:
        """Writes the bytes that ``pishkhan compare --out folder`` leaves.

        formats: of csv, sqlite, html and xlsx (in Persian); none: csv and sqlite. force: replace earlier results, but never those
        of a run that is compared.
        """
        self._comparison.write(_arguments.path(folder, "folder"), _formats(formats),
                               _arguments.flag(force, "force"))

    def __repr__(self) -> str:
        return f"<pishkhan.Comparison of {self._comparison.names()}: {len(self.tables.differences)} differences>"


def compare(first: Union[Scenario, Run, PathLike], second: Union[Scenario, Run, PathLike],
            *others: Union[Scenario, Run, PathLike], replications: Optional[int] = None,
            seed: Optional[int] = None, waterfall: bool = False, exact: bool = False,
            threads: Optional[int] = None, progress: Optional[Progress] = None) -> Comparison:
    """Compares the first with each of the others: scenarios, runs in memory, or folders of finished runs.

    replications, seed: of all scenarios; None: as they say. waterfall: split the differences over the changes;
    exact: over all orders of them. threads, progress: as of ``run``. Runs of unlike seed, days or version are
    refused with a UserError.
    """
    runs: List[Union[_pishkhan.Run, Tuple[_pishkhan.Source, List[str]]]]
    runs = [of._run if isinstance(of, Run) else _source(of) for of in (first, second, *others)]
    return Comparison(_pishkhan.compare(runs, _arguments.number(seed, "seed"),
                                        _arguments.number(replications, "replications"),
                                        _arguments.flag(waterfall, "waterfall"), _arguments.flag(exact, "exact"),
                                        _arguments.threads(threads), _arguments.callback(progress)))


class Study:
    """The results of a study of many points.

    Attributes:
        tables: points, responses, replications, and where the study asks for them sensitivities and best.
        summary: what ``pishkhan sweep --json`` prints, as a dictionary; results/output.schema.json describes it.
    """

    tables: Tables
    summary: Dict[str, Any]

    def __init__(self, summary: str, tables: List[RawTable]) -> None:
        self.tables = Tables(tables)
        self.summary = json.loads(summary)

    def frame(self, table: str) -> Any:
        """A table as a frame of pandas."""
        return self.tables[table].frame()

    def __repr__(self) -> str:
        return f"<pishkhan.Study {self.summary['study']}: {len(self.tables.points)} points>"


def sweep(study: PathLike, folder: Optional[PathLike] = None, *, formats: Sequence[str] = (), resume: bool = False,
          force: bool = False, threads: Optional[int] = None, progress: Optional[Progress] = None) -> Study:
    """Simulates the points of a study file, as ``pishkhan sweep`` does.

    folder: of the results, the bytes of ``--out``; None: none are left. formats: of csv, sqlite, html and xlsx
    (in Persian); none: csv and sqlite.
    resume: go on with the points that an ended sweep has left beside the folder. force: begin anew. threads:
    points at a time; None: as many as there are processors. progress counts points.
    """
    file = _arguments.path(study, "study")

    def into(out: str) -> Study:
        return Study(*_pishkhan.sweep(file, out, _formats(formats), _arguments.flag(resume, "resume"),
                                      _arguments.flag(force, "force"), _arguments.threads(threads),
                                      _arguments.callback(progress)))
    if folder is not None:
        return into(_arguments.path(folder, "folder"))
    with tempfile.TemporaryDirectory(prefix="pishkhan-") as temporary:
        result = into(str(Path(temporary) / "study"))
    result.summary.pop("folder", None)
    return result


def _scenario(of: Union[Scenario, PathLike]) -> Scenario:
    return of if isinstance(of, Scenario) else Scenario(_arguments.path(of, "scenario"))


def _source(of: Union[Scenario, PathLike]) -> Tuple[_pishkhan.Source, List[str]]:
    if isinstance(of, Scenario):
        return of._source, of._sets
    return _pishkhan.Source(_arguments.path(of, "run")), []


def _formats(formats: Sequence[str]) -> List[str]:
    return _arguments.texts(formats, "formats", '"csv"')
