"""Tables as numpy arrays and pandas frames."""

from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, Tuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas  # type: ignore[import]  # Debian has no types of it

#: Name, unit, description and values of a column; name, description, rows and columns of a table.
RawColumn = Tuple[str, str, str, Any]
RawTable = Tuple[str, str, int, List[RawColumn]]


class Table:
    """A table of results: columns of one length, each with its unit and description.

    Attributes:
        name: of the table, such as ``offices``.
        description: a sentence.
        columns: arrays of shape (rows,) by the names of the columns: int64, float64 (NaN where there is no
            number) or object (texts). An integer column with a missing number is float64.
        units: by the names of the columns; empty for names and ids. Times are in seconds, shares 0 to 1.
        descriptions: what each column means.
    """

    def __init__(self, name: str, description: str, rows: int, columns: List[RawColumn]) -> None:
        self.name = name
        self.description = description
        self.units: Dict[str, str] = {column: unit for column, unit, _, _ in columns}
        self.descriptions: Dict[str, str] = {column: text for column, _, text, _ in columns}
        self.columns: Dict[str, npt.NDArray[Any]] = {column: _array(values) for column, _, _, values in columns}
        self._rows = rows

    def __len__(self) -> int:
        return self._rows

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        """A column: an array of shape (rows,)."""
        return self.columns[column]

    def __repr__(self) -> str:
        return f"<pishkhan.Table {self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def array(self) -> npt.NDArray[Any]:
        """The table as a structured array of shape (rows,), a field a column: ``array["wait_s_mean"]``. A copy."""
        array = np.empty(len(self), dtype=[(name, values.dtype) for name, values in self.columns.items()])
        for name, values in self.columns.items():
            array[name] = values
        return array

    def frame(self) -> "pandas.DataFrame":
        """The table as a frame of pandas, which must be installed. Its ``attrs`` have the units."""
        import pandas

        frame = pandas.DataFrame(self.columns)
        frame.attrs["units"] = dict(self.units)
        return frame


class Tables(Mapping[str, Table]):
    """Tables by name, in the order in which they are documented. ``tables.offices`` is ``tables["offices"]``."""

    def __init__(self, tables: List[RawTable]) -> None:
        self._tables = {entry[0]: Table(*entry) for entry in tables}

    def __getitem__(self, name: str) -> Table:
        if name not in self._tables:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self._tables)}")
        return self._tables[name]

    def __getattr__(self, name: str) -> Table:
        tables: Dict[str, Table] = self.__dict__.get("_tables", {})
        if name not in tables:
            raise AttributeError(f"there is no table {name}; there are {', '.join(tables)}")
        return tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        return f"<pishkhan.Tables {', '.join(self._tables)}>"

    def __dir__(self) -> List[str]:
        return [*super().__dir__(), *self._tables]


def _array(values: Any) -> npt.NDArray[Any]:
    array: npt.NDArray[Any]
    if isinstance(values, np.ndarray):
        return values
    codes, words = values
    array = np.array(words, dtype=object)[codes] if words else np.empty(0, dtype=object)
    return array
